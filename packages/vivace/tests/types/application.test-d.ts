import {
  Controller,
  copy,
  dependency,
  dump,
  fieldsSet,
  Get,
  int,
  jsonable,
  make,
  oneOf,
  parse,
  provide,
  Secret,
  Vivace,
  type Json,
} from 'vivace';
import { Response } from 'vivace/responses';
import { OAuth2PasswordBearer } from 'vivace/security';
import { override, testClient } from 'vivace/testing';

/* The application, its tests and the values of DTOs. */

class Item {
  id: int = 1;
  name!: string;
}
class User {
  constructor(readonly name: string) {}
}
abstract class Mailer {
  abstract send(to: string): Promise<void>;
}
class FakeMailer extends Mailer {
  sent: string[] = [];
  async send(to: string) {
    this.sent.push(to);
  }
}
const oauth2 = new OAuth2PasswordBearer({ tokenUrl: 'token' });
const currentUser = dependency({ token: oauth2 }, ({ token }) => new User(token));
const session = dependency(async function* () {
  yield { rows: [1] };
});
const resources = dependency(
  async function* () {
    yield { models: new Map<string, number>() };
  },
  { lifetime: 'singleton' },
);

@Controller()
class Hello {
  @Get('/') hello() {
    return { message: 'Hello World' };
  }
}

export const app = new Vivace({
  title: 'Shop',
  controllers: [Hello],
  lifespan: resources,
  provide: [provide(Mailer, FakeMailer)],
  errors: { limit: 50 },
  docs: { swaggerParameters: { deepLinking: false } },
})
  .use(async (request, next) => {
    const response = await next();
    response.headers.set('X-Id', request.id);
    return response;
  })
  .include(Hello, { prefix: '/v2', deprecated: true })
  .plugin((fastify) => {
    fastify.get('/plain', async () => 'plain Fastify');
  });

export async function test(): Promise<void> {
  await using client = await testClient(app, {
    overrides: [
      override(currentUser, () => new User('ann')),
      override(session, async function* () {
        yield { rows: [] };
      }),
      override(Mailer, FakeMailer),
      override(oauth2, () => 'token'),
      override(Item, () => ({ id: 1, name: 'Bar' })),
    ],
  });
  const response = await client.post('/items/', {
    json: { name: 'Bar' },
    params: { tag: ['a', 'b'] },
  });
  const item: Item = response.json<Item>();
  const models: Map<string, number> = client.server.state.models;
  await client.get('/items/', { overrides: [override(currentUser, () => new User('bob'))] });
  await using socket = await client.websocket('/chat', {
    params: { token: 'x' },
    subprotocols: ['chat'],
  });
  const text: string = await socket.receive();
  const received: Item = await socket.receiveJson<Item>();
  await using stream = await client.stream('GET', '/events');
  for await (const { data, id } of stream.events()) void [data.length, id?.length];
  await testClient(app, { forbidUnmocked: [session, Mailer, oauth2], env: { SHOP_MODE: 'test' } });
  // @ts-expect-error what is forbidden is a dependency or a class
  await testClient(app, { forbidUnmocked: ['session'] });
  void [item, models, text, received];
}

const total = dependency({ rows: session }, ({ rows }) => rows.rows.length);
export const ran: Promise<number> = app.run(total);
export const json: Json = jsonable({ when: new Date(), pets: parse([Item], []) });
export const sent: ReadonlySet<'id' | 'name'> = fieldsSet(make(Item, { name: 'x' }));
export const changed: Item = copy(new Item(), {
  ...dump(new Item(), { exclude: ['id'] }),
  name: 'y',
});
export const order: 'asc' | 'desc' = parse(oneOf('asc', 'desc'), 'asc');
export class Plain extends Response {
  protected override render(content: unknown): string {
    return String(content);
  }
}
export const secret: string = new Secret('x').reveal();

// @ts-expect-error a substitute that gives another type
override(currentUser, () => 'ann');
// @ts-expect-error a class with other methods
override(Mailer, Item);
// @ts-expect-error a state that was not yielded
export const nothing = async () => (await app.build()).state.nothing;
// @ts-expect-error no field of Item
copy(new Item(), { nope: 1 });
// @ts-expect-error no field of Item
dump(new Item(), { include: ['nope'] });
// @ts-expect-error an unknown option of the application
export const other = new Vivace({ port: 3 });
