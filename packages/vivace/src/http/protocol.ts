import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { isThenable } from '../errors/async';
import { HTTPException } from '../errors/http-exception';
import { CONTENT } from '../responses/response';
import { endArrival } from './body/reading';
import { latestOn, noteLatest } from './connection';
import type { ErrorAnswers } from './error-answers';
import { beginInTurn } from './pipelining';
import { pipelineHandler, sendLater } from './pipeline';
import { answerOutside } from './unknown-paths';
import { isOwnRoute } from './route-context';
import type { MountedApps } from './mounted-apps';
import { withoutAuthority } from './path-reader';
import { upgradeOf } from './upgrade-routing';

/** The most headers of a request. */
const HEADERS = 100;
/** A name, or an IP address in brackets, and a port. */
const HOST = /^(?:[\w.~!$&'()*+,;=%-]*|\[[\da-fA-F:.]+\])(?::\d*)?$/;

/** Refuses what Node lets through though it is no request of HTTP/1.1, before anything else looks at it. */
export function guardProtocol(fastify: FastifyInstance, mountedApps: MountedApps): void {
  fastify.addHook('onRequest', (request, reply, next) => {
    const { raw } = request;
    // A proxy may send the whole address: all that look at it see the path that was routed.
    if (raw.url !== undefined) raw.url = withoutAuthority(raw.url);
    const { socket } = raw;
    // What follows a request that the connection was closed for.
    if (socket.writableEnded) return void reply.hijack();
    // A WebSocket is no HTTP any more, and would keep it for long.
    if (upgradeOf(raw) === undefined) noteLatest(socket, reply.raw);
    const refused = refusalOf(raw);
    if (refused !== undefined) return refuse(refused, request, reply, mountedApps);
    // Bodies of ours are asked for when they are read.
    if (raw.headers.expect !== undefined && !isOwnRoute(request) && !request.is404)
      reply.raw.writeContinue();
    next();
  });
  const { server } = fastify;
  beginInTurn(server);
  server.on('checkContinue', (message, response) => server.emit('request', message, response));
  server.on('checkExpectation', (message, response) => server.emit('request', message, response));
}

function refusalOf({
  httpVersionMajor,
  httpVersionMinor,
  headers,
  rawHeaders,
}: IncomingMessage): HTTPException | undefined {
  if (httpVersionMajor > 1) return undefined;
  if (httpVersionMajor < 1) return new HTTPException(400, 'HTTP/0.9 is not spoken here');
  if (rawHeaders.length > 2 * HEADERS)
    return new HTTPException(431, `A request has at most ${HEADERS} headers`);
  const hosts = numberOfHosts(rawHeaders);
  if (hosts !== 1 && (hosts > 1 || httpVersionMinor > 0))
    return new HTTPException(400, 'A request has one Host header');
  if (!HOST.test(headers.host ?? '')) return new HTTPException(400, 'The Host header is malformed');
  const { expect } = headers;
  return expect === undefined || expect.toLowerCase() === '100-continue'
    ? undefined
    : new HTTPException(417);
}

function numberOfHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}

function refuse(
  error: HTTPException,
  request: FastifyRequest,
  reply: FastifyReply,
  mountedApps: MountedApps,
): void {
  reply.header('connection', 'close');
  const answer = answerOutside(error, request, reply, mountedApps);
  // What was there at once is sent.
  if (isThenable(answer)) sendLater(answer, reply);
}

/** Answers addresses that cannot be decoded, through the middleware of the application. */
export function unroutable(
  mountedApps: MountedApps,
): NonNullable<FastifyServerOptions['frameworkErrors']> {
  return (error, request, reply) => {
    const { outside, options } = mountedApps.of(request);
    const place = () => outside;
    const handler = pipelineHandler(place, options, 'application/json', () => {
      throw error;
    });
    sendLater(handler.call(request.server, request, reply), reply);
  };
}

/** Answers what cannot be parsed: there is no request, only a connection. */
export function unparsed(
  errors: ErrorAnswers,
): NonNullable<FastifyServerOptions['clientErrorHandler']> {
  const refused = new WeakSet<Socket>();
  return ({ code }, socket: Socket) => {
    if (refused.has(socket) || code === 'ECONNRESET') return;
    const latest = latestOn(socket);
    // Whoever waits for the rest of a body answers for it himself, and closes what is open.
    if (statusOf(code) === 408 && latest !== undefined && endArrival(latest.req)) return;
    refused.add(socket);
    const answer = (): void => {
      if (latest?.headersSent === true && !latest.req.complete) socket.destroy();
      else socket.once('finish', () => socket.destroy()).end(textOf(errors, statusOf(code)));
    };
    // Nonsense after a request does not take its answer away.
    if (latest?.req.complete === true && !latest.closed) latest.once('close', answer);
    else answer();
  };
}

function statusOf(code: string | undefined): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW' ? 413 : 400;
}

function textOf(errors: ErrorAnswers, status: number): string {
  const response = errors.expected(new HTTPException(status));
  const body = response[CONTENT]() as string;
  const headers = [
    ...response.headers,
    ['content-length', Buffer.byteLength(body)],
    ['connection', 'close'],
  ];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}
