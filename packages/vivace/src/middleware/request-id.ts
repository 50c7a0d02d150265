import { randomUUID } from 'node:crypto';
import { callOf } from '../declare/call-site';
import { checkWireName } from '../declare/wire-names';
import type { Middleware } from '../declare/options/layer-options';
import { replyOf } from '../http/exchange-of';
import { defineMiddleware } from './define-middleware';

/** What may stand in logs as it was sent. */
const SAFE = /^[\w.:/+=-]{1,128}$/;

/**
 * Gives every request an id, taken from a header or made, logs it with each line, and sends it
 * back.
 *
 * @param options.header the name of the header: `X-Request-ID` by default; a value with other characters than letters,
 *   digits and `.:/+=-_` is not taken
 * @throws BootError for a name that no header can have
 * @example new Vivace({ middleware: [requestId(), accessLog()] })
 */
export function requestId({
  header = 'X-Request-ID',
}: { readonly header?: string } = {}): Middleware {
  checkWireName('header', header, callOf(requestId, 'header'));
  return defineMiddleware({ name: 'requestId' }, (request, next) => {
    const sent = request.headers.get(header);
    const id = sent !== null && SAFE.test(sent) ? sent : randomUUID();
    const { server } = request.fastify;
    const log = server.log.child({ [server.initialConfig.requestIdLogLabel ?? 'reqId']: id });
    Object.assign(request.fastify, { id, log });
    Object.assign(replyOf(request), { log }).header(header, id);
    return next();
  });
}
