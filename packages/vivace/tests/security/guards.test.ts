import { request as send } from 'node:http';
import {
  Body,
  Controller,
  Depends,
  Get,
  HTTPException,
  Header,
  Injectable,
  Post,
  Security,
  SecurityScopes,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  int,
} from 'vivace';
import { HTTPBasic, HTTPBearer, OAuth2PasswordBearer, Public } from 'vivace/security';
import { override, testClient } from 'vivace/testing';

const trail: string[] = [];
beforeEach(() => void (trail.length = 0));

const oauth2 = new OAuth2PasswordBearer({
  tokenUrl: 'token',
  scopes: { me: 'Yourself', items: 'Your items' },
});
/** The token names its user and scopes: `ann:me,items`. */
const currentUser = dependency(
  { token: oauth2, required: SecurityScopes },
  ({ token, required }) => {
    const [name = '', scopes = ''] = token.split(':');
    if (!required.scopes.every((scope) => scopes.split(',').includes(scope)))
      throw oauth2.reject('Not enough permissions');
    return name;
  },
);
const session = dependency(async function* () {
  trail.push('session opens');
  yield 'session';
  trail.push('session closes');
});
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

class Item {
  price!: int;
}

describe('a guard', () => {
  const closed = new HTTPException(404, 'no such item');
  const item = dependency({ session }, () => {
    throw closed;
  });
  @Controller('/items')
  class Items {
    @Post('/:item_id')
    add(item_id: int, item: Item, @Security(currentUser, ['items']) user: string) {
      trail.push(`handler of ${user}`);
      return [item_id, item.price];
    }
    @Post('/late', { dependencies: [item] })
    late(@Depends(currentUser) user: string, @Body() item: Item) {
      return [user, item];
    }
  }
  const app = new Vivace({ controllers: [Items] });

  test('answers before anything of the request is validated', async () => {
    await using client = await testClient(app);
    const refused = await client.post('/items/x', { json: { price: 'x' } });
    expect([refused.status, refused.json(), refused.headers.get('www-authenticate')]).toEqual([
      401,
      { detail: 'Not authenticated' },
      'Bearer',
    ]);
    expect(
      (await client.post('/items/x', { json: { price: 'x' }, ...bearer('ann:items') })).status,
    ).toBe(422);
  });

  test('answers before the body is parsed', async () => {
    await using client = await testClient(app);
    const malformed = { body: '{"price":', headers: { 'content-type': 'application/json' } };
    expect((await client.post('/items/1', malformed)).status).toBe(401);
    const headers = { ...malformed.headers, ...bearer('ann:items').headers };
    expect((await client.post('/items/1', { ...malformed, headers })).json()).toMatchObject({
      detail: [{ type: 'json_invalid' }],
    });
  });

  test('answers before other dependencies run, whatever their order', async () => {
    await using client = await testClient(app);
    expect((await client.post('/items/late', { json: { price: 1 } })).status).toBe(401);
    expect(trail).toEqual([]);
    expect(
      (await client.post('/items/late', { json: { price: 1 }, ...bearer('ann') })).status,
    ).toBe(404);
    expect(trail).toEqual(['session opens']);
  });

  // A small body that nobody wants is dropped as it comes, and its connection kept until then: attacks H9 see it closed where it does not come.
  test.each([
    ['a body that is announced and never sent', { 'content-length': '1000' }, 'keep-alive'],
    ['a body of 1 GB', { 'content-length': '1000000000' }, 'close'],
    // It is closed once more has come than is dropped.
    ['an endless body', { 'transfer-encoding': 'chunked' }, 'keep-alive'],
  ])('does not wait for %s', async (_, headers, expected) => {
    await using server = await app.build();
    await server.fastify.listen({ host: '127.0.0.1', port: 0 });
    const answer = await new Promise<object>((resolve, reject) => {
      const outgoing = send(`${server.url}/items/1`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      });
      outgoing.on('response', (response) => {
        const { 'www-authenticate': challenge, connection } = response.headers;
        resolve({ status: response.statusCode, challenge, connection });
        outgoing.destroy();
      });
      outgoing.on('error', reject);
      outgoing.write('{"price"');
    });
    expect(answer).toEqual({ status: 401, challenge: 'Bearer', connection: expected });
  });

  test('that needs the body is resolved after it was read', async () => {
    const signature = dependency(
      { key: new HTTPBearer(), item: Body(Item) },
      ({ key, item }) => `${key.credentials} for ${item.price}`,
    );
    @Controller()
    class Hooks {
      @Post('/hook')
      hook(@Security(signature) signed: string) {
        return signed;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Hooks] }));
    expect((await client.post('/hook', { json: { price: 3 }, ...bearer('key') })).json()).toBe(
      'key for 3',
    );
    const malformed = await client.post('/hook', {
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(malformed.status).toBe(401);
  });

  test('in the constructor of an injectable answers first as well', async () => {
    @Injectable()
    class Caller {
      constructor(@Depends(currentUser) readonly name: string) {}
    }
    @Controller()
    class Orders {
      constructor(private readonly caller: Caller) {}
      @Post('/orders')
      order(item: Item) {
        return [this.caller.name, item.price];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Orders] }));
    expect((await client.post('/orders', { json: {} })).status).toBe(401);
    expect((await client.post('/orders', { json: { price: 1 }, ...bearer('ann') })).json()).toEqual(
      ['ann', 1],
    );
  });
});

describe('scopes', () => {
  const scopesOf = dependency({ token: oauth2, required: SecurityScopes }, ({ required }) => [
    required.scopes,
    String(required),
  ]);
  const me = dependency({ scopes: Security(scopesOf, ['me']) }, ({ scopes }) => scopes);
  const nested = dependency({ scopes: Security(me, ['items']) }, ({ scopes }) => scopes);

  @Controller('', { dependencies: [Security(currentUser, ['me'])] })
  class Scoped {
    @Get('/plain')
    plain(@Depends(scopesOf) scopes: unknown) {
      return scopes;
    }
    @Get('/nested')
    nested(@Security(nested, ['admin']) scopes: unknown) {
      return scopes;
    }
    @Get('/two')
    two(
      @Security(scopesOf, ['a']) a: unknown,
      @Security(scopesOf, ['b']) b: unknown,
      @Depends(scopesOf) none: unknown,
    ) {
      return [a, b, none];
    }
    @Get('/items')
    items(@Security(currentUser, ['items']) user: string) {
      return user;
    }
  }
  const app = new Vivace({ controllers: [Scoped] });

  test('add up on the way from the operation to the dependency', async () => {
    await using client = await testClient(app);
    expect((await client.get('/plain', bearer('ann:me'))).json()).toEqual([[], '']);
    expect((await client.get('/nested', bearer('ann:me'))).json()).toEqual([
      ['admin', 'items', 'me'],
      'admin items me',
    ]);
  });

  test("stay with their way: two uses of one dependency do not see each other's", async () => {
    await using client = await testClient(app);
    const [a, b, none] = (await client.get('/two', bearer('ann:me'))).json<unknown[]>();
    expect([a, b, none]).toEqual([
      [['a'], 'a'],
      [['b'], 'b'],
      [[], ''],
    ]);
  });

  test('are asked by the controller, too', async () => {
    await using client = await testClient(app);
    expect((await client.get('/items', bearer('ann:items'))).json()).toEqual({
      detail: 'Not enough permissions',
    });
    expect((await client.get('/items', bearer('ann:me,items'))).json()).toBe('ann');
  });

  test('are in the document of each operation', async () => {
    const { paths } = await app.openapi();
    const security = Object.fromEntries(
      Object.entries(paths).map(([path, item]) => [
        path,
        (item['get'] as { security: unknown }).security,
      ]),
    );
    expect(security).toEqual({
      '/plain': [{ OAuth2PasswordBearer: ['me'] }],
      '/nested': [{ OAuth2PasswordBearer: ['me', 'admin', 'items'] }],
      '/two': [{ OAuth2PasswordBearer: ['me', 'a', 'b'] }],
      '/items': [{ OAuth2PasswordBearer: ['me', 'items'] }],
    });
  });

  test('are known to a substitute', async () => {
    const fake = dependency({ required: SecurityScopes }, ({ required }) => `fake ${required}`);
    await using client = await testClient(app, { overrides: [override(currentUser, fake)] });
    expect((await client.get('/items')).json()).toBe('fake items');
  });
});

describe('@Public()', () => {
  const counted = dependency(() => void trail.push('counted'));
  const guard = dependency(
    { user: Security(currentUser, ['me']) },
    ({ user }) => void trail.push(`guarded ${user}`),
  );

  @Controller('/accounts', { dependencies: [guard, counted] })
  class Accounts {
    @Get('/me')
    me() {
      return 'me';
    }
    @Public()
    @Post('/login')
    login(@Header() authorization: string = 'none') {
      return authorization;
    }
    @Public()
    @Get('/own', { dependencies: [new HTTPBasic()] })
    own() {
      return 'own';
    }
    @Public()
    @WebSocketRoute('/status')
    async status(socket: WebSocket) {
      await socket.send('up');
    }
    @WebSocketRoute('/feed')
    async feed(socket: WebSocket) {
      await socket.send('news');
    }
  }
  const app = new Vivace({ controllers: [Accounts], dependencies: [Security(currentUser)] });

  test('lifts the guards of application and controller, and nothing else', async () => {
    await using client = await testClient(app);
    expect((await client.get('/accounts/me')).status).toBe(401);
    expect(trail).toEqual([]);
    expect((await client.post('/accounts/login')).json()).toBe('none');
    expect(trail).toEqual(['counted']);
    expect((await client.get('/accounts/me', bearer('ann:me'))).json()).toBe('me');
    expect(trail).toEqual(['counted', 'guarded ann', 'counted']);
  });

  test('leaves the guards of the operation itself', async () => {
    await using client = await testClient(app);
    const refused = await client.get('/accounts/own');
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic']);
    expect((await client.get('/accounts/own', { auth: ['ann', 'x'] })).json()).toBe('own');
  });

  test('opens a WebSocket', async () => {
    await using client = await testClient(app);
    await using status = await client.websocket('/accounts/status');
    expect(await status.receive()).toBe('up');
    await expect(client.websocket('/accounts/feed')).rejects.toThrow('refused with 401');
    await using feed = await client.websocket('/accounts/feed', bearer('ann:me'));
    expect(await feed.receive()).toBe('news');
  });

  test('shows in the document', async () => {
    const { paths } = await app.openapi();
    expect(paths['/accounts/me']!['get']).toMatchObject({
      security: [{ OAuth2PasswordBearer: ['me'] }],
    });
    expect(paths['/accounts/login']!['post']).not.toHaveProperty('security');
    expect(paths['/accounts/own']!['get']).toMatchObject({ security: [{ HTTPBasic: [] }] });
  });
});

describe('a controller that extends a guarded one', () => {
  const key = dependency({ token: new HTTPBearer() }, ({ token }) => {
    if (token.credentials !== 'good') throw new HTTPException(403);
  });
  class Read {
    @Get('/read') read(): string {
      return 'read';
    }
  }
  @Controller('/base', { dependencies: [key], tags: ['base'] })
  class Base extends Read {
    @Get('/own') own(): string {
      return 'own';
    }
    @WebSocketRoute('/socket') async socket(socket: WebSocket): Promise<void> {
      await socket.send('news');
    }
    @Get('/open') @Public() open(): string {
      return 'open';
    }
  }
  @Controller('/plain')
  class Plain extends Base {}
  @Controller('/more', { dependencies: [session] })
  class More extends Base {
    @Get('/more') more(): string {
      return 'more';
    }
    override own(): string {
      return 'another';
    }
  }
  @Controller('/last')
  class Last extends More {
    @Get('/read') override read(): string {
      return 'anew';
    }
  }

  test.each([
    ['/plain/read', 'read'],
    ['/plain/own', 'own'],
    ['/more/own', 'another'],
    ['/more/more', 'more'],
    ['/last/read', 'anew'],
    ['/last/more', 'more'],
  ])('is guarded as well: %s', async (path, text) => {
    await using client = await testClient(new Vivace({ controllers: [Plain, More, Last] }));
    expect((await client.get(path)).status).toBe(401);
    expect((await client.get(path, bearer('bad'))).status).toBe(403);
    expect((await client.get(path, bearer('good'))).json()).toBe(text);
    expect(trail).toEqual(path.startsWith('/plain') ? [] : ['session opens', 'session closes']);
  });

  test('opens what the base class opens, and is documented with its tags', async () => {
    const app = new Vivace({ controllers: [Plain] });
    await using client = await testClient(app);
    expect((await client.get('/plain/open')).json()).toBe('open');
    await expect(client.websocket('/plain/socket')).rejects.toThrow('refused with 401');
    expect((await app.openapi()).paths['/plain/read']!['get']).toMatchObject({
      tags: ['base'],
      security: [{ HTTPBearer: [] }],
    });
  });
});
