import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds: a little less than a test may take, so that it is said what did not come. */
const PATIENCE = 100_000;

/** Asks again and again until the answer is the one that is waited for. */
export async function until<T>(
  ask: () => T | Promise<T>,
  fits: (value: T) => boolean,
  what: string,
): Promise<T> {
  const end = performance.now() + PATIENCE;
  let last: T | undefined;
  while (performance.now() < end) {
    last = await ask();
    if (fits(last)) return last;
    await delay(20);
  }
  throw new Error(`${what} did not come; the last was ${String(last)}`);
}

/** A program that runs in a project. */
export class Running implements AsyncDisposable {
  output = '';
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>;

  constructor(readonly process: ChildProcess) {
    this.ended = once(process, 'close').then(() => process.exitCode);
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (text) => (this.output += String(text)));
  }

  /** Waits until it has written a text. */
  async says(text: string): Promise<void> {
    const said = (): boolean => this.output.includes(text);
    await until(said, Boolean, `'${text}' in\n${this.output}`).catch(() => {
      throw new Error(`'${text}' was not said in:\n${this.output}`);
    });
  }

  /** Ends it; its exit code. */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.process.kill(signal);
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}

/** The command line in a project. */
export function run(
  directory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  return start(['node_modules/.bin/vivace', ...args], directory, env);
}

/** A program of Node, with a process group of its own: a negative id sends what a terminal would. */
export function start(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Running {
  const { NODE_ENV: _environment, JEST_WORKER_ID: _worker, ...own } = process.env;
  return new Running(
    spawn(process.execPath, args, { cwd, env: { ...own, NO_COLOR: '1', ...env }, detached: true }),
  );
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The body of an answer, and whether the server keeps the connection. */
function exchange(
  url: string,
  agent: Agent,
): Promise<{ readonly text: string; readonly kept: boolean }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () => resolve({ text, kept: response.headers.connection !== 'close' }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

const fresh = new Agent({ keepAlive: false });

/** The body of an answer, over a connection of its own. */
export async function ask(url: string): Promise<string> {
  return (await exchange(url, fresh)).text;
}

/** A client that asks over one connection, again and again, for as long as the server keeps it. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #first = Promise.withResolvers<void>();
  /** Resolves with the number of answers; rejects where a request got none. */
  readonly answers: Promise<number>;

  constructor(url: string) {
    this.answers = this.#run(url);
    this.answers.catch(this.#first.reject);
  }

  /** Resolves when it has had an answer. */
  get connected(): Promise<void> {
    return this.#first.promise;
  }

  async #run(url: string): Promise<number> {
    try {
      for (let answers = 1; ; answers++) {
        const { kept } = await exchange(url, this.#agent);
        this.#first.resolve();
        if (!kept) return answers;
      }
    } finally {
      this.#agent.destroy();
    }
  }
}
