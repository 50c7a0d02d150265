import cluster from 'node:cluster';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkerProcess } from './worker-process';

const folder = mkdtempSync(join(tmpdir(), 'vivace-worker-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('A worker that is asked again and again to hold its requests leaves no listener behind', async () => {
  const exec = join(folder, 'worker.cjs');
  writeFileSync(
    exec,
    `process.on('message', ({ kind }) => {
      if (kind === 'refuse-connections') process.send({ kind: 'holding' });
    });`,
  );
  cluster.setupPrimary({ exec, silent: true });
  const worker = new WorkerProcess();
  const listeners = (): number => Object.values(cluster.workers!)[0]!.listenerCount('message');
  const before = listeners();
  for (let count = 0; count < 20; count++) await worker.hold(60_000);
  expect(listeners()).toBe(before);
  const report = worker.report('ready');
  worker.kill();
  expect(await report).toBeUndefined();
  expect(await worker.ended).toBe('SIGKILL');
});
