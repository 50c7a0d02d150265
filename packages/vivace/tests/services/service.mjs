import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

export const service = {
  async start(folder) {
    if (existsSync(join(folder, 'broken'))) throw new Error('The engine is broken.');
    // The process that watches over it.
    appendFileSync(join(folder, 'starts'), `${process.pid}\n`);
    const read = (file) =>
      existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '0';
    const leftBehind = read('pid') !== '0' && (await asked(read('port'))) === read('pid');
    if (!leftBehind) await started(folder, read('port'));
    const pid = Number(read('pid'));
    const over = ended(pid);
    return {
      env: { ENGINE_PORT: read('port') },
      ended: over,
      async stop() {
        if (isAlive(pid)) process.kill(pid, 'SIGKILL');
        await over;
        rmSync(join(folder, 'pid'));
      },
    };
  },
};

async function started(folder, port) {
  const engine = join(import.meta.dirname, 'engine.mjs');
  const child = spawn(process.execPath, [engine, folder, port], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.unref();
  await once(child, 'message');
}

/** What the server at a port says; nothing where there is none. */
function asked(port) {
  return text(connect(Number(port), '127.0.0.1')).catch(() => undefined);
}

async function ended(pid) {
  while (isAlive(pid)) await delay(10);
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
