import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const LATEST = Symbol('vivace.latest');
/** A connection that knows the latest response on it. */
export type Connection = Socket & { [LATEST]?: ServerResponse | undefined };

/** The response that a connection is busy with, or was until its request is read to its end. */
export function latestOn(connection: Connection): ServerResponse | undefined {
  return connection[LATEST];
}

/** A connection that waits for its next request keeps nothing of the last. */
export function noteLatest(connection: Connection, response: ServerResponse): void {
  connection[LATEST] = response;
  // A hook of Fastify would cost each request four times as much.
  response.on('finish', forget);
}

function forget(this: ServerResponse): void {
  const { req } = this;
  const connection: Connection = req.socket;
  if (connection[LATEST] === this && req.complete) connection[LATEST] = undefined;
}
