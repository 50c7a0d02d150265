import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import staticFiles from '@fastify/static';
import websocket from '@fastify/websocket';
import fastify, { LogController, type FastifyReply } from 'fastify';
import { answerCensus, Log } from '../census.js';
import type { Timeouts } from '../target.js';

/** The same routes as a plain Fastify has them, with the time-outs that it knows; it has none by default. */
const timeouts = JSON.parse(process.argv[3] ?? '{}') as Timeouts;
const SECOND = 1000;
const folder = process.argv[4] ?? '.';
const files = join(folder, 'files');
mkdirSync(join(files, 'folder'), { recursive: true });
writeFileSync(join(folder, 'outside.txt'), 'the secret outside');
writeFileSync(join(files, 'plain.txt'), 'plain '.repeat(1000));
writeFileSync(join(files, '.env'), 'SECRET=the secret of .env');
writeFileSync(join(files, 'folder', 'inside.txt'), 'inside');
symlinkSync(join(folder, 'outside.txt'), join(files, 'linked.txt'));

const log = new Log();
const opened: Record<string, number> = { session: 0, trace: 0 };
const closed: Record<string, number> = { session: 0, trace: 0 };

const app = fastify({
  logger: log.options,
  logController: new LogController({ disableRequestLogging: true }),
  requestTimeout: timeouts.request * SECOND,
  handlerTimeout: timeouts.handler * SECOND,
  http: { headersTimeout: timeouts.headers * SECOND, connectionsCheckingInterval: SECOND },
});

const item = {
  type: 'object',
  required: ['name', 'price'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 50, pattern: '\\S' },
    price: { type: 'number', minimum: 0 },
    qty: { type: 'integer', default: 1 },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 10, default: [] },
    address: {
      type: 'object',
      required: ['street', 'city'],
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
    when: { type: 'string', format: 'date' },
    email: { type: 'string', format: 'email', maxLength: 100 },
    password: { type: 'string' },
  },
};
const read = {
  params: { type: 'object', properties: { id: { type: 'integer' } } },
  querystring: {
    type: 'object',
    properties: {
      limit: { type: 'integer', default: 20 },
      flag: { type: 'boolean', default: false },
      kind: { enum: ['a', 'b'], default: 'a' },
    },
  },
};
const tags = {
  querystring: {
    type: 'object',
    properties: { tags: { type: 'array', items: { type: 'string' }, maxItems: 10 } },
  },
};
const exact = { headers: { type: 'object', properties: { 'x-count': { type: 'integer' } } } };

await app.register(staticFiles, { root: files, prefix: '/static/' });
await app.register(websocket, { options: { maxPayload: 64 * 1024 } });

app.get('/items/:id', { schema: read }, ({ params, query }) => ({
  ...(params as object),
  ...(query as object),
}));
app.post('/items', { schema: { body: item } }, ({ body }, reply) => {
  reply.code(201);
  return body;
});
app.get('/values/text', ({ query }) => ({ q: (query as { q?: string }).q ?? '' }));
app.get('/values/tags', { schema: tags }, () => 1);
app.get('/values/exact', { schema: exact }, () => 'read');
app.get('/values/:first-:second-:third', () => 'three');
app.post('/logout', () => 'bye');

/** Has something open while a stream, or a handler, goes on. */
function held(reply: FastifyReply, name: string): void {
  opened[name]! += 1;
  reply.raw.once('close', () => (closed[name]! += 1));
}
async function* ticks(signal: AbortSignal): AsyncGenerator<string> {
  for (let number = 0; ; number += 1) {
    yield `data: {"number":${number}}\n\n`;
    await sleep(50, undefined, { signal });
  }
}

app.get('/streams/events', (_, reply) => {
  held(reply, 'session');
  const leaving = new AbortController();
  reply.raw.once('close', () => leaving.abort());
  const stream = Readable.from(ticks(leaving.signal));
  stream.on('error', () => {});
  return reply
    .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    .send(stream);
});
app.get('/streams/breaks', (_, reply) => {
  held(reply, 'session');
  async function* breaks(): AsyncGenerator<string> {
    yield '{"number":1}\n';
    await sleep(20);
    throw new Error('the secret of the stream');
  }
  return reply.send(Readable.from(breaks()));
});
app.get('/streams/endless', (_, reply) => {
  held(reply, 'session');
  function* mebibytes(): Generator<Buffer> {
    for (;;) yield Buffer.alloc(2 ** 20, 'x');
  }
  return reply.send(Readable.from(mebibytes(), { objectMode: false }));
});

app.get('/streams/page', (_, reply) => {
  held(reply, 'trace');
  return 'x'.repeat(100_000);
});

const THROWN: Record<string, unknown> = {
  text: 'the secret text',
  null: null,
  undefined,
  error: new Error('the secret of postgres://user:secret@db'),
};
app.get('/failures/throws/:what', async ({ params }) => {
  throw THROWN[(params as { what: string }).what];
});
app.get('/failures/circular', async () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  return circle;
});
app.get('/failures/detached', async () => {
  void Promise.reject(new Error('nobody waits for this'));
  return 'done';
});
app.get('/failures/background', async (_, reply) => {
  reply.raw.once('finish', () => void Promise.reject(new Error('a task that fails')));
  return 'done';
});
app.get('/failures/slow', async ({ signal }, reply) => {
  held(reply, 'trace');
  await sleep(30_000, undefined, { signal });
  return 'slow';
});

app.get('/sockets/echo', { websocket: true }, (socket) => {
  opened['session']! += 1;
  socket.on('close', () => (closed['session']! += 1));
  socket.on('message', (data) => socket.send(String(data)));
});
app.get('/sockets/throws', { websocket: true }, (socket) => {
  socket.on('message', () => {
    throw new Error('the secret of the socket');
  });
});

// Otherwise the first fault of a promise would end the process, and nothing could be seen of the others.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
answerCensus(url, () => ({ opened, closed, found: {} }), log);
