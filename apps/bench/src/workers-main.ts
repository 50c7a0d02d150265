import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Requests per second of `vivace run` with one and with two workers, the median of some rounds in one run. The client needs a core too. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const PORT = 8493;
const demo = fileURLToPath(new URL('../../demo', import.meta.url));
const cli = join(dirname(createRequire(import.meta.url).resolve('@vivace/cli/package.json')), 'bin/vivace.js');

async function measure(workers: number): Promise<number> {
  const args = [cli, 'run', '--host', '127.0.0.1', '--port', String(PORT), '--workers', String(workers)];
  const server = spawn(process.execPath, args, { cwd: demo, stdio: 'ignore' });
  const url = `http://127.0.0.1:${PORT}/instruments?limit=5`;
  try {
    for (let tries = 0; ; tries++) {
      if (
        await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break;
      if (tries > 200) throw new Error('The demo did not start.');
      await delay(100);
    }
    await autocannon({ url, connections: 64, duration: 1 });
    const { requests, errors, non2xx } = await autocannon({ url, connections: 64, duration: SECONDS });
    if (errors + non2xx > 0) throw new Error(`${errors + non2xx} requests failed.`);
    return requests.average;
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
}

const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const one = await measure(1);
  const two = await measure(2);
  ratios.push(two / one);
  console.log(`one worker ${one.toFixed(0)} requests/s, two ${two.toFixed(0)}: ${(two / one).toFixed(2)} times`);
}
console.log(`median ${ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!.toFixed(2)} times`);
