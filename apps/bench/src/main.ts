import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from './check.js';
import { repository } from './checkout.js';
import type { Contender } from './contender.js';
import { apart, leaveServerAlone } from './cores.js';
import { entrants, type Entrant } from './entrants.js';
import { installSize } from './install-size.js';
import { load, loader, type Load } from './load.js';
import { compare, markdown, type Seen } from './report.js';
import { workloads } from './workloads.js';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 1);
const { values } = parseArgs({
  options: { against: { type: 'string' }, all: { type: 'boolean' } },
});

leaveServerAlone();
const measured = entrants(values);
// In processes of their own: there are servers that one odd request slows for good.
for (const entrant of measured) await checkAlone(entrant);
const starts = new Map(measured.map((entrant) => [entrant, [] as number[]]));
for (let round = 0; round < rounds; round++)
  for (const entrant of inTurn(measured, round))
    starts.get(entrant)!.push(await timeToFirstAnswer(entrant));

const running: { readonly entrant: Entrant; readonly contender: Contender }[] = [];
try {
  for (const entrant of measured) running.push({ entrant, contender: await entrant.start() });
  // Each has met all workloads before any is measured, so that its code is as that of an application.
  for (const workload of workloads)
    for (const { contender } of running) await load(contender, workload, seconds);
  const loads = new Map(running.map(({ entrant }) => [entrant, loadsOf()]));
  for (let round = 0; round < rounds; round++)
    for (const workload of workloads)
      for (const { entrant, contender } of inTurn(running, round))
        loads.get(entrant)![workload.name]!.push(await load(contender, workload, seconds));
  const seen: Seen[] = [];
  for (const { entrant, contender } of running)
    seen.push({
      name: entrant.name,
      loads: loads.get(entrant)!,
      starts: starts.get(entrant)!,
      memory: (await contender.used()).memory,
      install: installSize(entrant.folder, entrant.packages),
    });
  report(seen);
} finally {
  await Promise.all(running.map(({ contender }) => contender.stop()));
}

function loadsOf(): Record<string, Load[]> {
  return Object.fromEntries(workloads.map(({ name }) => [name, []]));
}

/** Each round begins with another one. */
function inTurn<T>(all: readonly T[], round: number): readonly T[] {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

async function checkAlone(entrant: Entrant): Promise<void> {
  const contender = await entrant.start();
  try {
    await check(contender);
  } finally {
    await contender.stop();
  }
}

/** Milliseconds from the start of a process to its first answer. */
async function timeToFirstAnswer(entrant: Entrant): Promise<number> {
  const begun = performance.now();
  const contender = await entrant.start();
  try {
    await (await fetch(`${contender.url}/hello`)).text();
    return performance.now() - begun;
  } finally {
    await contender.stop();
  }
}

function report(seen: readonly Seen[]): void {
  const how = `${rounds} rounds of ${seconds} s, ${loader} with 64 connections, server and load ${apart ? 'on cores of their own' : 'on any core'}, Node ${process.version}`;
  const compared = compare(seen);
  const text = `Medians and, in brackets, what half of the rounds lie between; a ratio is taken within each round. ${how}.\n\n${markdown(compared)}\n`;
  const folder = join(repository, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'result.md'), text);
  writeFileSync(join(folder, 'result.json'), JSON.stringify({ how, compared, seen }, undefined, 2));
  console.log(
    `${text}\nAlso in .cache/bench/result.md, and with the figures of each round in result.json.`,
  );
}
