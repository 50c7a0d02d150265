import { serve } from '@hono/node-server';
import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import type { AddressInfo } from 'node:net';
import { greeting, placeOrder, Session, users, type Person } from './business.js';
import { ready } from './ready.js';
import * as schemas from './schemas.js';

interface Env {
  Variables: { session: Session; user: Person };
}
const settings = { role: 'member' };

const session = createMiddleware<Env>(async (context, next) => {
  const opened = new Session();
  context.set('session', opened);
  try {
    await next();
  } finally {
    opened.close();
  }
});
const authenticated = createMiddleware<Env>(async (context, next) => {
  const [scheme, token] = context.req.header('authorization')?.split(' ') ?? [];
  const user =
    scheme?.toLowerCase() === 'bearer' && token !== undefined
      ? context.get('session').find(token)
      : undefined;
  if (user === undefined) throw new HTTPException(401, { message: 'Not authenticated' });
  context.set('user', user);
  await next();
});
const member = createMiddleware<Env>(async (context, next) => {
  if (!context.get('user').roles.includes(settings.role))
    throw new HTTPException(403, { message: 'Forbidden' });
  await next();
});

const app = new Hono<Env>();
app.get('/hello', (context) => context.json(schemas.greeting.parse(greeting)));
app.get(
  '/items/:id',
  zValidator('param', schemas.itemParams),
  zValidator('query', schemas.itemQuery),
  (context) => {
    const answer = { ...context.req.valid('param'), ...context.req.valid('query') };
    return context.json(schemas.item.parse(answer));
  },
);
app.get('/users', zValidator('query', schemas.usersQuery), (context) =>
  context.json(
    users.slice(0, context.req.valid('query').limit).map((one) => schemas.user.parse(one)),
  ),
);
app.get('/profile', session, authenticated, member, (context) =>
  context.json(schemas.profile.parse(context.get('user'))),
);
app.post('/orders', zValidator('json', schemas.order), (context) =>
  context.json(schemas.receipt.parse(placeOrder(context.req.valid('json'))), 201),
);

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.argv[2]) }, (address) =>
  ready(`http://127.0.0.1:${(address as AddressInfo).port}`),
);
