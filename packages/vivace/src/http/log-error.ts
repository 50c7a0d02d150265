import type { FastifyRequest } from 'fastify';
import { operationName } from '../model/operation-name';
import { contextOfRoute } from './route-context';

/** Logs an error that a request met, with the operation that it met it in. */
export function logError(
  request: FastifyRequest,
  error: unknown,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
): void {
  request.log.error({ err: error, operation: operationOf(request), ...fields }, message);
}

function operationOf({ method, routeOptions }: FastifyRequest): string | undefined {
  const { operation, socket } = contextOfRoute(routeOptions.config) ?? {};
  if (operation !== undefined) return operationName(operation);
  if (socket !== undefined) return `WEBSOCKET ${operationName(socket)}`;
  return routeOptions.url === undefined ? undefined : `${method} ${routeOptions.url}`;
}
