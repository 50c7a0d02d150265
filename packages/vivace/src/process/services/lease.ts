import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join as pathOf, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { join, type Joined } from './join';

/** It is JavaScript in tests of the framework, too, which run its sources. */
const SUPERVISOR = pathOf(
  dirname(require.resolve('vivace/package.json')),
  'dist/process/services/supervisor.js',
);
/** Milliseconds between two looks, for all of them, and from a start that failed to the next. */
const LOOK = 20;
const PATIENCE = 90_000;
const AGAIN = 500;

/** A service of a project, such as an embedded database. */
export interface ServiceOptions {
  /** Where the service keeps its files; one server runs for each folder. It is made. */
  readonly folder: string;
  /** The JavaScript file that exports `service`. */
  readonly module: string;
}

/** The right to use a service until it is given back, or this process ends. */
export interface ServiceLease extends AsyncDisposable {
  /** Variables by which a program finds the service. */
  readonly env: Readonly<Record<string, string>>;
  /** Gives it back; settles when the service has ended, where nobody else holds it. */
  release(): Promise<void>;
}

/**
 * Holds a service: it is started where it does not run yet, and ends when the last of all processes that hold it has
 * given it back or has ended, in whatever way. A process of its own watches over it; when that or the server is
 * killed, those who hold it start it again. It does not keep this process alive.
 *
 * @throws what kept the service from starting
 * @example
 * await using lease = await holdService({ folder: '.vivace/postgres', module: require.resolve('./postgres') });
 */
export async function holdService(options: ServiceOptions): Promise<ServiceLease> {
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = { ...options, folder };
  return new Lease(own, await enter(own));
}

class Lease implements ServiceLease {
  readonly env: Readonly<Record<string, string>>;
  readonly #options: ServiceOptions;
  #joined: Promise<Joined | undefined>;
  #released = false;

  constructor(options: ServiceOptions, joined: Joined) {
    this.env = joined.env;
    this.#options = options;
    this.#joined = Promise.resolve(joined);
    this.#stay(joined);
  }

  async release(): Promise<void> {
    this.#released = true;
    const joined = await this.#joined;
    joined?.leave();
    await joined?.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  #stay(joined: Joined): void {
    void joined.closed.then(() => {
      if (!this.#released) this.#joined = this.#joinAgain();
    });
  }

  /** It may fail at first: of a server that was killed something can be left that holds its files. */
  async #joinAgain(): Promise<Joined | undefined> {
    while (!this.#released) {
      const joined = await enter(this.#options).catch(() => undefined);
      if (joined !== undefined) {
        this.#stay(joined);
        return joined;
      }
      await delay(AGAIN, undefined, { ref: false });
    }
    return undefined;
  }
}

/** Joins the supervisor that is there, while one of our own waits to become it. */
async function enter(options: ServiceOptions): Promise<Joined> {
  const { folder } = options;
  let joined = await join(folder);
  if (joined !== undefined) return joined;
  let candidate = startSupervisor(options);
  const end = performance.now() + PATIENCE;
  try {
    while (performance.now() < end) {
      joined = await join(folder);
      if (joined !== undefined) return joined;
      if (candidate.exitCode) throw new Error(`The service of ${folder} failed: ${logOf(folder)}`);
      if (hasEnded(candidate)) candidate = startSupervisor(options);
      await delay(LOOK);
    }
  } finally {
    if (candidate.connected) candidate.disconnect();
  }
  throw new Error(`The service of ${folder} has not started within ${PATIENCE / 1000} s.`);
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

const logOf = (folder: string): string => pathOf(folder, 'supervisor.log');

function startSupervisor({ folder, module }: ServiceOptions): ChildProcess {
  const log = openSync(logOf(folder), 'a', 0o600);
  const child = spawn(process.execPath, [SUPERVISOR, folder, module], {
    // What a terminal or a process manager sends to the program is not for it.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  closeSync(log);
  child.on('error', () => {});
  child.unref();
  return child;
}
