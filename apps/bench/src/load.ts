import autocannon from 'autocannon';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Contender } from './contender.js';
import { on } from './cores.js';
import type { Workload } from './workloads.js';

const CONNECTIONS = 64;
const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

/** What loads the servers: wrk costs a machine less, so that it reaches what a fast server can do. */
export const loader = hasWrk ? 'wrk' : 'autocannon';

interface Loaded {
  readonly requests: number;
  /** Answers that are no success. */
  readonly refused: number;
  /** Requests without an answer. */
  readonly failed: number;
}

/** What a server did under load. */
export interface Load {
  /** Requests for each second of its own CPU time, which hardly depends on who else uses the machine. */
  readonly rate: number;
  /** Microseconds of CPU time of an answer, slice by slice. */
  readonly slices: readonly number[];
}

/** Loads a server for some seconds. */
export async function load(
  contender: Contender,
  workload: Workload,
  seconds: number,
): Promise<Load> {
  const before = await contender.used();
  const run = hasWrk ? withWrk : withAutocannon;
  const { requests, refused, failed } = await run(contender.url, workload, seconds);
  const { cpu, slices } = await contender.used();
  const expected = 'mistake' in workload.expect ? requests : 0;
  // The last requests of a run may have no answer yet.
  if (Math.abs(refused - expected) > CONNECTIONS * Number(expected > 0) || failed > 0)
    throw new Error(
      `${contender.name} answers requests of ${workload.name} as it should not: ${refused} of ${requests} refused, ${failed} failed`,
    );
  return { rate: requests / ((cpu - before.cpu) / 1e6), slices };
}

async function withAutocannon(url: string, workload: Workload, seconds: number): Promise<Loaded> {
  const { requests, non2xx, errors } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [workload.request],
  });
  return { requests: requests.total, refused: non2xx, failed: errors };
}

async function withWrk(url: string, workload: Workload, seconds: number): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'vivace-bench-'));
  try {
    const script = join(folder, 'request.lua');
    writeFileSync(script, scriptOf(workload));
    const args = [
      '-t1',
      `-c${CONNECTIONS}`,
      `-d${seconds}s`,
      '--timeout',
      '30s',
      '-s',
      script,
      url,
    ];
    const [command, ...rest] = on('load', ['wrk', ...args]);
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
    const output = await text(child.stdout);
    const [, figures] = /^figures (.*)$/m.exec(output) ?? [];
    if (figures === undefined) throw new Error(`wrk said:\n${output}`);
    const [requests = 0, refused = 0, failed = 0] = figures.split(' ').map(Number);
    return { requests, refused, failed };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A script of wrk: the request, and what it counts in one line. */
function scriptOf({ request: { method = 'GET', path, headers = {}, body } }: Workload): string {
  return `
wrk.method = ${JSON.stringify(method)}
wrk.path = ${JSON.stringify(path)}
${Object.entries(headers)
  .map(([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`)
  .join('\n')}
${body === undefined ? '' : `wrk.body = [==[${body}]==]`}
function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  print(string.format('figures %d %d %d', summary.requests, errors.status, failed))
end
`;
}
