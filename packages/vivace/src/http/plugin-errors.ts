import type { FastifyReply } from 'fastify';
import { HTTPException } from '../errors/http-exception';
import { hasBegun, isOfProgram } from './program-errors';

/** What Fastify and its plugins refuse, wherever it was thrown: a decorator is called by handlers, too. */
export function refusalByCode(error: unknown): HTTPException | undefined {
  if (!(error instanceof Error) || error instanceof HTTPException) return undefined;
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown };
  if (typeof code !== 'string' || !code.startsWith('FST_')) return undefined;
  // What Fastify itself says of a request repeats parts of it.
  const said = code.startsWith('FST_ERR_') ? undefined : error.message;
  return isRefusal(statusCode) || statusCode === 503
    ? new HTTPException(statusCode, said, { cause: error })
    : undefined;
}

/** What a hook or parser outside our handlers refuses, by the status that it gave the error or the reply. */
export function refusalOutside(error: unknown, reply: FastifyReply): HTTPException | undefined {
  if (!(error instanceof Error) || error instanceof HTTPException || isOfProgram(error))
    return undefined;
  const { status, statusCode = status } = error as { statusCode?: unknown; status?: unknown };
  const code = hasBegun(reply.request) || reply.statusCode === 200 ? statusCode : reply.statusCode;
  return (
    refusalByCode(error) ??
    (isRefusal(code) ? new HTTPException(code, error.message, { cause: error }) : undefined)
  );
}

function isRefusal(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 400 && (status as number) < 500;
}
