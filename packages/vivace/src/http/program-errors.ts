import type { FastifyRequest } from 'fastify';
import { HTTPException } from '../errors/http-exception';
import { RequestValidationError } from '../errors/request-validation-error';

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

/**
 * An error that a handler, dependency or middleware threw: Fastify gives it back together with those of hooks and parsers. Those that are
 * answers by themselves need no note, and noting would cost more than all else about them.
 */
export function ofProgram(error: unknown): unknown {
  if (typeof error === 'object' && error !== null && !isExpected(error)) thrown.add(error);
  return error;
}

export function isOfProgram(error: unknown): boolean {
  return typeof error === 'object' && error !== null && thrown.has(error);
}

/** Whether an error is an answer by itself. */
export function isExpected(error: unknown): boolean {
  return error instanceof HTTPException || error instanceof RequestValidationError;
}
