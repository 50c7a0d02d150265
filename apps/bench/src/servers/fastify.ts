import Fastify from 'fastify';
import { greeting, placeOrder, Session, users, type OrderBody, type Person } from '../business.js';
import { ready } from '../ready.js';

const text = (minLength: number, maxLength: number) => ({ type: 'string', minLength, maxLength });
const order = {
  type: 'object',
  required: ['customer', 'items'],
  properties: {
    customer: {
      type: 'object',
      required: ['name', 'email', 'address'],
      properties: {
        name: text(2, 100),
        email: { type: 'string', format: 'email' },
        address: {
          type: 'object',
          required: ['street', 'city', 'zip'],
          properties: {
            street: text(1, 200),
            city: text(1, 100),
            country: { type: 'string', default: 'US' },
            zip: { type: 'string', pattern: '^\\d{5}$' },
          },
        },
      },
    },
    items: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['sku', 'quantity', 'unitPrice'],
        properties: {
          sku: { type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' },
          quantity: { type: 'integer', minimum: 1, maximum: 1000 },
          unitPrice: { type: 'number', exclusiveMinimum: 0 },
        },
      },
    },
    note: { type: 'string', maxLength: 500 },
    tags: { type: 'array', maxItems: 10, items: { type: 'string' }, default: [] },
  },
};
const receipt = {
  type: 'object',
  required: ['id', 'total', 'status', 'customer', 'itemCount'],
  properties: {
    id: { type: 'string' },
    total: { type: 'number' },
    status: { type: 'string' },
    customer: {
      type: 'object',
      required: ['name', 'email'],
      properties: { name: { type: 'string' }, email: { type: 'string' } },
    },
    itemCount: { type: 'integer' },
  },
};
const echo = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    limit: { type: 'integer' },
    q: { type: 'string', nullable: true },
    active: { type: 'boolean' },
  },
};
const user = {
  type: 'object',
  required: [
    'id',
    'email',
    'name',
    'age',
    'balance',
    'active',
    'role',
    'city',
    'tags',
    'createdAt',
  ],
  properties: {
    id: { type: 'integer' },
    email: { type: 'string' },
    name: { type: 'string' },
    age: { type: 'integer' },
    balance: { type: 'number' },
    active: { type: 'boolean' },
    role: { type: 'string' },
    city: { type: 'string', nullable: true },
    tags: { type: 'array', items: { type: 'string' } },
    createdAt: { type: 'string', format: 'date-time' },
  },
};

const fastify = Fastify({ ajv: { customOptions: { removeAdditional: 'all' } } });
fastify.get(
  '/hello',
  {
    schema: { response: { 200: { type: 'object', properties: { message: { type: 'string' } } } } },
  },
  (_request, reply) => void reply.send(greeting),
);
fastify.get<{
  Params: { id: number };
  Querystring: { limit: number; q: string | null; active: boolean };
}>(
  '/items/:id',
  {
    schema: {
      params: { type: 'object', properties: { id: { type: 'integer', minimum: 1 } } },
      querystring: {
        type: 'object',
        properties: {
          limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          q: { type: 'string', maxLength: 50, nullable: true, default: null },
          active: { type: 'boolean', default: true },
        },
      },
      response: { 200: echo },
    },
  },
  ({ params, query }, reply) =>
    void reply.send({ id: params.id, limit: query.limit, q: query.q, active: query.active }),
);
fastify.get<{ Querystring: { limit: number } }>(
  '/users',
  {
    schema: {
      querystring: {
        type: 'object',
        properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
      },
      response: { 200: { type: 'array', items: user } },
    },
  },
  ({ query }, reply) => void reply.send(users.slice(0, query.limit)),
);
declare module 'fastify' {
  interface FastifyRequest {
    session: Session | undefined;
    user: Person | undefined;
  }
}
const settings = { role: 'member' };
fastify.decorateRequest('session', undefined);
fastify.decorateRequest('user', undefined);
fastify.get(
  '/profile',
  {
    schema: {
      response: {
        '2xx': {
          type: 'object',
          required: ['id', 'email', 'name', 'roles', 'createdAt'],
          properties: {
            id: { type: 'integer' },
            email: { type: 'string' },
            name: { type: 'string' },
            roles: { type: 'array', items: { type: 'string' } },
            createdAt: { type: 'string', format: 'date-time' },
          },
        },
      },
    },
    onRequest: (request, _reply, done) => {
      request.session = new Session();
      done();
    },
    // eslint-disable-next-line typescript/require-await -- a real one would ask a database
    preHandler: async (request, reply) => {
      const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
      request.user =
        scheme?.toLowerCase() === 'bearer' && token !== undefined
          ? request.session?.find(token)
          : undefined;
      if (request.user === undefined) return reply.code(401).send({ detail: 'Not authenticated' });
      if (!request.user.roles.includes(settings.role))
        return reply.code(403).send({ detail: 'Forbidden' });
      return undefined;
    },
    onResponse: (request, _reply, done) => {
      request.session?.close();
      done();
    },
  },
  (request, reply) => void reply.send(request.user),
);
fastify.post<{ Body: OrderBody }>(
  '/orders',
  { schema: { body: order, response: { 201: receipt } } },
  (request, reply) => void reply.code(201).send(placeOrder(request.body)),
);

const url = await fastify.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
ready(url);
