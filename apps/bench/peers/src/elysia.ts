import { node } from '@elysiajs/node';
import { Elysia, t } from 'elysia';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { greeting, placeOrder, Session, users } from './business.js';
import { ready } from './ready.js';

const order = t.Object({
  customer: t.Object({
    name: t.String({ minLength: 2, maxLength: 100 }),
    email: t.String({ format: 'email' }),
    address: t.Object({
      street: t.String({ minLength: 1, maxLength: 200 }),
      city: t.String({ minLength: 1, maxLength: 100 }),
      country: t.Optional(t.String()),
      zip: t.String({ pattern: '^\\d{5}$' }),
    }),
  }),
  items: t.Array(
    t.Object({
      sku: t.String({ pattern: '^[A-Z]{3}-\\d{4}$' }),
      quantity: t.Integer({ minimum: 1, maximum: 1000 }),
      unitPrice: t.Number({ exclusiveMinimum: 0 }),
    }),
    { minItems: 1, maxItems: 50 },
  ),
  note: t.Optional(t.String({ maxLength: 500 })),
  tags: t.Array(t.String(), { maxItems: 10, default: [] }),
});
const receipt = t.Object({
  id: t.String(),
  total: t.Number(),
  status: t.String(),
  customer: t.Object({ name: t.String(), email: t.String() }),
  itemCount: t.Integer(),
});
const item = t.Object({
  id: t.Integer(),
  limit: t.Integer(),
  q: t.Nullable(t.String()),
  active: t.Boolean(),
});
const user = t.Object({
  id: t.Integer(),
  email: t.String(),
  name: t.String(),
  age: t.Integer(),
  balance: t.Number(),
  active: t.Boolean(),
  role: t.String(),
  city: t.Nullable(t.String()),
  tags: t.Array(t.String()),
  createdAt: t.Date(),
});
const profile = t.Object({
  id: t.Integer(),
  email: t.String(),
  name: t.String(),
  roles: t.Array(t.String()),
  createdAt: t.Date(),
});
const limit = t.Integer({ minimum: 1, maximum: 100, default: 20 });

const app = new Elysia({ adapter: node() })
  .decorate('settings', { role: 'member' })
  .get('/hello', () => greeting, { response: t.Object({ message: t.String() }) })
  .get('/items/:id', ({ params: { id }, query }) => ({ id, ...query, q: query.q ?? null }), {
    params: t.Object({ id: t.Integer({ minimum: 1 }) }),
    query: t.Object({
      limit,
      q: t.Optional(t.String({ maxLength: 50 })),
      active: t.Boolean({ default: true }),
    }),
    response: item,
  })
  .get('/users', ({ query }) => users.slice(0, query.limit), {
    query: t.Object({ limit }),
    response: t.Array(user),
  })
  .post(
    '/orders',
    ({ body: { customer, ...others }, set }) => {
      set.status = 201;
      // Defaults inside a body are the handler's.
      const address = { ...customer.address, country: customer.address.country ?? 'US' };
      return placeOrder({ ...others, customer: { ...customer, address } });
    },
    { body: order, response: { 201: receipt } },
  )
  .guard({}, (guarded) =>
    guarded
      .resolve(() => ({ session: new Session() }))
      .onAfterResponse(({ session }) => (session as Session | undefined)?.close())
      .resolve(({ session, headers, status }) => {
        const [scheme, token] = headers['authorization']?.split(' ') ?? [];
        const found =
          scheme?.toLowerCase() === 'bearer' && token !== undefined
            ? session.find(token)
            : undefined;
        return found === undefined ? status(401, 'Not authenticated') : { user: found };
      })
      .onBeforeHandle(({ user: found, settings, status }) =>
        found.roles.includes(settings.role) ? undefined : status(403, 'Forbidden'),
      )
      .get('/profile', ({ user: found }) => found, { response: profile }),
  );

// The adapter does not tell which port it was given.
const free = createServer().listen(0, '127.0.0.1');
await once(free, 'listening');
const port = Number(process.argv[2]) || (free.address() as AddressInfo).port;
await new Promise((closed) => free.close(closed));
const url = `http://127.0.0.1:${port}`;
// The adapter says so before it listens.
app.listen({ hostname: '127.0.0.1', port }, async () => {
  const answers = () =>
    fetch(`${url}/hello`).then(
      () => true,
      () => false,
    );
  while (!(await answers()));
  ready(url);
});
