import inject from 'light-my-request';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from '../declare/server';
import { present } from '../declare/present';
import { afterworkOf } from '../http/pending';
import { unhandledOf } from '../http/unhandled';
import { headersOf } from './connection';
import { decoded } from './decoded';
import type { Payload } from './request';
import { Answer } from './response';

/** One request as it is sent, redirects not yet followed. */
export interface Sending {
  readonly method: string;
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Payload | undefined;
  readonly ip: string;
  /** Whether errors of the application are thrown in the test. */
  readonly raiseErrors: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Sends a request, and gives its answer when the application is done with it, background tasks included. */
export async function sendOnce({ fastify }: Server, sending: Sending): Promise<Answer> {
  const { method, address, headers, payload, ip, raiseErrors, signal } = sending;
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    Object.assign(request.socket, { encrypted: address.protocol === 'https:' });
    fastify.routing(request, response);
  };
  const response = await inject(serve, {
    method,
    url: `${address.pathname}${address.search}`,
    headers,
    remoteAddress: ip,
    ...present({ payload: payload?.content, signal }),
  });
  const { req, res } = response.raw;

  await afterworkOf(res);
  const unhandled = unhandledOf(req);
  if (unhandled !== undefined && raiseErrors) throw unhandled.error;
  const received = headersOf(response.headers);
  return new Answer(
    response.statusCode,
    received,
    address.href,
    decoded(response.rawPayload, received.get('content-encoding')),
  );
}

/** The request that a redirect asks for; another origin is not this application, so that redirect is the answer. */
export function redirected(
  sending: Sending,
  { status, headers: received }: Answer,
): Sending | undefined {
  const { method, address, headers, payload } = sending;
  const location = received.get('location');
  if (location === null || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  const target = new URL(location, address);
  if (target.origin !== address.origin) return undefined;
  if (target.hash === '') target.hash = address.hash;
  const bare = status === 303 ? method !== 'HEAD' : status <= 302 && method === 'POST';
  if (!bare) {
    if (payload !== undefined && !Buffer.isBuffer(payload.content))
      throw new Error(
        `${method} ${address.href} was redirected, but a streamed body cannot be sent twice.`,
      );
    return { ...sending, address: target };
  }
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('content-'));
  return {
    ...sending,
    method: 'GET',
    address: target,
    headers: Object.fromEntries(kept),
    payload: undefined,
  };
}
