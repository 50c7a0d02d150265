import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Census } from './census.js';
import { request, Wire, type Answer } from './wire.js';

/** Seconds that clients have; 30 and 10 by default. */
export interface Timeouts {
  readonly headers: number;
  readonly request: number;
  readonly handler: number;
  readonly stall: number;
}

export const SHORT: Timeouts = { headers: 1, request: 2, handler: 1, stall: 1 };
export const DEFAULTS: Timeouts = { headers: 10, request: 30, handler: 30, stall: 30 };

export type Kind = 'vivace' | 'guarded' | 'fastify';

/** A request as a raw text is made of it. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: string | Uint8Array;
}

/** A server in a process of its own, and what it can be asked. */
export class Target {
  #censuses: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly kind: Kind,
    readonly url: string,
    readonly timeouts: Timeouts,
    readonly process: ChildProcess,
    /** What it reads and writes; gone when it has ended. */
    readonly files: string,
  ) {}

  static async start(kind: Kind, timeouts: Timeouts, folder: string): Promise<Target> {
    const file = kind === 'fastify' ? 'beside/main.js' : 'program/main.js';
    // Not its own to remove: SIGKILL is how most of them end.
    const files = mkdtempSync(join(tmpdir(), 'vivace-attack-'));
    const child = fork(
      `${folder}/${file}`,
      [kind === 'guarded' ? 'guarded' : 'attacked', JSON.stringify(timeouts), files],
      {
        env: { ...process.env, NODE_ENV: 'production' },
        execArgv: ['--expose-gc'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
    child.once('exit', () => rmSync(files, { recursive: true, force: true }));
    const died = once(child, 'exit').then(() => {
      throw new Error(`the server ${kind} does not start`);
    });
    const [{ url }] = (await Promise.race([once(child, 'message'), died])) as [{ url: string }];
    died.catch(() => {});
    return new Target(kind, url, timeouts, child, files);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }
  /** Whether it is a Vivace, which promises more than a plain Fastify. */
  get isOurs(): boolean {
    return this.kind !== 'fastify';
  }
  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  wire(...sent: readonly (string | Uint8Array)[]): Wire {
    return new Wire(this.port).send(...sent);
  }

  /** One request on a connection of its own. */
  async ask(path: string, { method = 'GET', headers, body }: Sent = {}): Promise<Answer> {
    await using wire = this.wire(request(method, path, { connection: 'close', ...headers }, body));
    const [answer] = await wire.answers(1, [method]);
    if (answer === undefined)
      throw new Error(`no answer, but ${JSON.stringify(wire.received.slice(0, 80))}`);
    return answer;
  }

  /** Many of them, a few at a time. */
  async askAll(count: number, one: (index: number) => Promise<unknown>): Promise<void> {
    for (let from = 0; from < count; from += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, count - from) }, (_, index) => one(from + index)),
      );
  }

  /** For `memory`, garbage is collected first. */
  census(question: 'census' | 'memory' = 'census'): Promise<Census> {
    const next = this.#censuses.then(async () => {
      const answer = once(this.process, 'message') as Promise<[Census]>;
      this.process.send(question);
      return (await answer)[0];
    });
    this.#censuses = next;
    return next;
  }

  /** Waits, 10 seconds at most, until a census fits, and gives the last one however it is. */
  async settled(fits: (census: Census) => boolean): Promise<Census> {
    for (let tries = 0; ; tries += 1) {
      const census = await this.census();
      if (fits(census) || tries === 200) return census;
      await delay(50);
    }
  }

  async stop(): Promise<void> {
    if (!this.alive) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }
}
