import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { end, type Contender } from './contender.js';
import { on } from './cores.js';
import { freePort } from './free-port.js';

/** Microseconds of a tick of Linux, in which it counts the CPU time of processes. */
const TICK = 10_000;
const PAGE = 4096;

interface PythonProgram {
  /** Where it is. */
  readonly folder: string;
  readonly module: string;
  /** What it answers as soon as it listens. */
  readonly path: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts FastAPI in one worker of uvicorn. What it has used is read from `/proc`, which only Linux has.
 *
 * @param python the interpreter that has fastapi and uvicorn
 */
export async function startPython(
  name: string,
  python: string,
  { folder, module, path, env }: PythonProgram,
): Promise<Contender> {
  const port = await freePort();
  const application = [`${module}:app`, '--log-level', 'warning', '--no-access-log'];
  const uvicorn = ['-m', 'uvicorn', ...application, '--port', String(port)];
  const [command, ...args] = on('server', [python, ...uvicorn]);
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url + path))) {
    if (child.exitCode !== null) throw new Error(`The server ${name} ended before it listened.`);
    await delay(5);
  }
  const stat = () => {
    const text = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  };
  return {
    name,
    url,
    used: () => {
      const fields = stat();
      const [user, system, resident] = [11, 12, 21].map((field) => Number(fields[field]));
      const used = { cpu: (user! + system!) * TICK, memory: resident! * PAGE, slices: [] };
      return Promise.resolve(used);
    },
    stop: () => end(child),
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
