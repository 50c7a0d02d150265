import type { FastifyRequest } from 'fastify';

/** Set on requests that have reached a handler of ours. */
export const BEGUN = Symbol('vivace.begun');
type Known = FastifyRequest & { [BEGUN]?: boolean };

/** Notes that a request has passed the hooks before its handler. */
export function begin(request: FastifyRequest): void {
  (request as Known)[BEGUN] = true;
}

const ANSWERING = Symbol('vivace.answering');
type Answered = FastifyRequest & { [ANSWERING]?: boolean };

/** Notes that an error of a hook is being answered. */
export function answering(request: FastifyRequest): void {
  (request as Answered)[ANSWERING] = true;
}

/**
 * Whether an error of a hook is being answered, so that no handler may run.
 *
 * A hook that sends an error and returns nothing is over for Fastify before the answer is there, and what it guards would be reached.
 */
export function isAnswering(request: FastifyRequest): boolean {
  return (request as Answered)[ANSWERING] === true;
}

/** Whether what is known of the reply may be ours. */
export function hasBegun(request: FastifyRequest): boolean {
  return (request as Known)[BEGUN] === true;
}

const thrown = new WeakSet<object>();

/** An error that a handler, dependency or middleware threw: Fastify gives it back together with those of hooks and parsers. */
export function ofProgram(error: unknown): unknown {
  if (typeof error === 'object' && error !== null) thrown.add(error);
  return error;
}

export function isOfProgram(error: unknown): boolean {
  return typeof error === 'object' && error !== null && thrown.has(error);
}
