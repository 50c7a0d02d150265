import { AssertionError } from 'node:assert';
import type { Answer } from './wire.js';
import type { Sent, Target } from './target.js';

/** Something that an attacker, or a fault, does to a server, and what has to come of it. */
export interface Case {
  /** As in the reference. */
  readonly id: string;
  readonly attack: string;
  readonly must: string;
  /** Where its server has to be: one with every route, by default. */
  readonly at?: 'guarded';
  /** Whether it waits for a time-out, so that the default ones are worth a run of their own. */
  readonly slow?: true;
  /** Whether a plain Fastify has what is attacked. */
  readonly ours?: true;
  /** @throws where it is not so */
  readonly run: (target: Target) => Promise<void>;
}

export interface Section {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** A request for a table of cases: its path, and what is sent with it. */
export type Request = readonly [path: string, sent?: Sent];

/** Each request is answered as it must be. */
export function answered(
  id: string,
  attack: string,
  must: string,
  requests: readonly Request[],
  check: (answer: Answer) => boolean,
  more: Pick<Case, 'at' | 'ours'> = {},
): Case {
  return {
    id,
    attack,
    must,
    ...more,
    run: async (target) => {
      for (const [path, sent] of requests) {
        const answer = await target.ask(path, sent);
        innocent(answer);
        holds(check(answer), `${sent?.method ?? 'GET'} ${path.slice(0, 60)}: ${shown(answer)}`);
      }
    },
  };
}

/** Each request is refused: 4xx. */
export function refused(
  id: string,
  attack: string,
  requests: readonly Request[],
  more: Pick<Case, 'at' | 'ours'> = {},
): Case {
  return answered(id, attack, '4xx', requests, isRefused, more);
}

/** No request is answered with a fault of the server. */
export function survived(id: string, attack: string, requests: readonly Request[]): Case {
  return answered(id, attack, 'no 5xx', requests, ({ status }) => status < 500);
}

export function isRefused({ status }: Answer): boolean {
  return status >= 400 && status < 500;
}

export const json = (value: unknown, headers: Sent['headers'] = {}): Sent => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});

/** Fails with what was seen instead. */
export function holds(truth: boolean, seen: string): asserts truth {
  if (!truth) throw new AssertionError({ message: seen });
}

/** No answer tells of secrets, files and lines of the program. */
export function innocent({ body, status }: Answer): void {
  holds(!/the secret|node_modules|\.[jt]s:\d+/.test(body), `${status} tells ${body.slice(0, 200)}`);
}

export function shown({ status, body }: Answer): string {
  return `${status} ${body.slice(0, 80)}`;
}
