import { fileURLToPath } from 'node:url';
import { attempt, SECTIONS } from './suite.js';
import { DEFAULTS, SHORT, Target, type Kind, type Timeouts } from './target.js';
import type { Case } from './case.js';
import { row, type Outcome } from './table.js';

const BUILT = fileURLToPath(new URL('.', import.meta.url));
const args = process.argv.slice(2);
const slow = args.includes('--defaults');
const alone = args.includes('--alone');
const named = args.filter((one) => !one.startsWith('--'));
const timeouts: Timeouts = slow ? DEFAULTS : SHORT;
/** Milliseconds that a case may take: a server that does not answer would hold up the suite for ever. */
const LIMIT = (slow ? 120 : 30) * 1000;

const targets = new Map<Kind, Promise<Target>>();
const targetOf = async (kind: Kind): Promise<Target> => {
  const known = await targets.get(kind);
  if (known?.alive === true) return known;
  const started = Target.start(kind, timeouts, BUILT);
  targets.set(kind, started);
  return started;
};

async function outcomeOf(one: Case, kind: Kind): Promise<Outcome> {
  const target = await targetOf(kind);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('it hangs')), LIMIT);
  try {
    await Promise.race([attempt(one, target), late.promise]);
    return {};
  } catch (error) {
    // What the next case meets should not be what this one has left.
    await target.stop();
    return { seen: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

const totals = { vivace: 0, fastify: 0, beside: 0, cases: 0 };
for (const { name, cases } of SECTIONS) {
  const chosen = cases.filter(
    ({ id, slow: waits }) =>
      (!slow || waits === true) && (named.length === 0 || named.includes(id)),
  );
  if (chosen.length === 0) continue;
  console.log(`\n${name}\n`);
  for (const one of chosen) {
    const ours = await outcomeOf(one, one.at ?? 'vivace');
    const beside = alone || one.ours === true ? undefined : await outcomeOf(one, 'fastify');
    totals.cases += 1;
    if (ours.seen === undefined) totals.vivace += 1;
    if (beside !== undefined) totals.beside += 1;
    if (beside !== undefined && beside.seen === undefined) totals.fastify += 1;
    for (const line of row(one, ours, beside)) console.log(line);
  }
}
for (const target of targets.values()) await (await target).stop();
console.log(
  `\nVivace holds in ${totals.vivace} of ${totals.cases} cases` +
    (totals.beside > 0
      ? `, a plain Fastify in ${totals.fastify} of the ${totals.beside} that it has routes for`
      : ''),
);
if (totals.vivace < totals.cases) process.exitCode = 1;
