import { channel } from 'node:diagnostics_channel';
import type { FastifyRequest } from 'fastify';
import { operationName } from '../model/operation-name';
import { UNHANDLED, type UnhandledMessage } from '../process/unhandled-message';
import { contextOfRoute } from './route-context';

const unhandled = channel(UNHANDLED);

/**
 * Logs an error that a request met, with the operation that it met it in. That its client has left is no error of the program, and
 * neither is what follows from it.
 */
export function logError(
  request: FastifyRequest,
  error: unknown,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
): void {
  const { log } = request;
  const operation = operationOf(request);
  if (request.raw.socket?.destroyed && isOfDisconnect(error))
    log.info({ operation }, 'The client left before it was answered');
  else {
    log.error({ err: error, operation, ...fields }, message);
    if (unhandled.hasSubscribers)
      unhandled.publish({ error, operation, requestId: request.id } satisfies UnhandledMessage);
  }
}

/** What waited for the client, or with the signal of the request, fails so when the client leaves. */
function isOfDisconnect(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  return error.name === 'AbortError' || (code === 'ECONNRESET' && error.message === 'aborted');
}

function operationOf({ method, routeOptions }: FastifyRequest): string | undefined {
  const { operation, socket } = contextOfRoute(routeOptions.config) ?? {};
  if (operation !== undefined) return operationName(operation);
  if (socket !== undefined) return `WEBSOCKET ${operationName(socket)}`;
  return routeOptions.url === undefined ? undefined : `${method} ${routeOptions.url}`;
}
