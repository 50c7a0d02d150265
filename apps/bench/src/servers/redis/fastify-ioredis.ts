import Fastify, { type FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { LIMIT, productOf, SECONDS } from '../../redis/product.js';
import { ready } from '../../ready.js';

/** As one writes it by hand: a script that counts, a key that is read, made and kept. */
const redis = new Redis(process.env['REDIS_URL']!, {
  enableAutoPipelining: true,
  keyPrefix: 'fastify:',
  scripts: {
    count: {
      numberOfKeys: 1,
      lua: `local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]); left = tonumber(ARGV[1]) end
return {count, left}`,
    },
  },
}) as Redis & { count(key: string, milliseconds: number): Promise<[number, number]> };

async function read(request: FastifyRequest<{ Params: { id: number } }>) {
  const key = `product:${request.params.id}`;
  const kept = await redis.get(key);
  if (kept !== null) {
    const product = JSON.parse(kept) as ReturnType<typeof productOf>;
    product.added = new Date(product.added);
    return product;
  }
  const product = productOf(request.params.id);
  await redis.set(key, JSON.stringify(product), 'EX', SECONDS);
  return product;
}

const server = Fastify();
server.route<{ Params: { id: number } }>({
  method: 'GET',
  url: '/products/:id',
  schema: {
    params: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
    response: {
      200: {
        type: 'object',
        properties: {
          id: { type: 'integer' },
          name: { type: 'string' },
          cents: { type: 'integer' },
          tags: { type: 'array', items: { type: 'string' } },
          added: { type: 'string', format: 'date-time' },
        },
        required: ['id', 'name', 'cents', 'tags', 'added'],
      },
    },
  },
  onRequest: async (request, reply) => {
    const [count, left] = await redis.count(`limit:${request.ip}`, LIMIT.seconds * 1000);
    reply.headers({
      'ratelimit-limit': LIMIT.limit,
      'ratelimit-remaining': Math.max(0, LIMIT.limit - count),
      'ratelimit-reset': Math.ceil(left / 1000),
    });
    if (count > LIMIT.limit) await reply.code(429).send();
  },
  handler: read,
});
ready(await server.listen({ port: Number(process.argv[2]) }));
