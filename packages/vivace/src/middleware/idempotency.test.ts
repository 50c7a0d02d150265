import {
  Controller,
  dependency,
  Form,
  Get,
  Header,
  HTTPException,
  Patch,
  Post,
  Put,
  Request,
  Security,
  UploadFile,
  Vivace,
  type Dependency,
  type Middleware,
} from 'vivace';
import { idempotency, memoryStore, type Store } from 'vivace/middleware';
import {
  anyOf,
  APIKeyCookie,
  APIKeyHeader,
  APIKeyQuery,
  HTTPBasic,
  HTTPBearer,
} from 'vivace/security';
import { FileResponse, Response, StreamingResponse } from 'vivace/responses';
import { override, testClient, type TestClient } from 'vivace/testing';
import { failingStore } from '../../tests/failing-store';

type Sent = Partial<
  Pick<NonNullable<Parameters<TestClient['get']>[1]>, 'headers' | 'params' | 'cookies' | 'auth'>
>;

let payments = 0;
let gate = Promise.resolve();
let fail: Error | undefined;
beforeEach(() => {
  payments = 0;
  gate = Promise.resolve();
  fail = undefined;
});

const client = (middleware: Middleware): Promise<TestClient> => {
  @Controller('/payments', { middleware: [middleware], dependencies: [new HTTPBearer()] })
  class Payments {
    @Post('/', { status: 201 })
    async pay(order: { amount: number }): Promise<{ id: number; amount: number }> {
      await gate;
      if (fail !== undefined) throw fail;
      payments += 1;
      return { id: payments, amount: order.amount };
    }
    @Put('/')
    put(): number {
      return (payments += 1);
    }
  }
  return testClient(new Vivace({ controllers: [Payments] }), { raiseErrors: false });
};
const pay = (
  shop: TestClient,
  key: string | undefined,
  amount = 10,
  authorization = 'Bearer ann',
) =>
  shop.post('/payments/', {
    json: { amount },
    headers: { authorization, ...(key !== undefined && { 'idempotency-key': key }) },
  });

describe('idempotency', () => {
  it('does a request once, and gives its answer again', async () => {
    await using shop = await client(idempotency());
    const first = await pay(shop, 'k1');
    const again = await pay(shop, 'k1');
    expect([first.status, first.json(), first.headers.get('idempotency-replayed')]).toEqual([
      201,
      { id: 1, amount: 10 },
      null,
    ]);
    expect([again.status, again.json(), again.headers.get('idempotency-replayed')]).toEqual([
      201,
      { id: 1, amount: 10 },
      'true',
    ]);
    expect((await pay(shop, 'k2')).json()).toEqual({ id: 2, amount: 10 });
  });

  it('leaves requests without a key alone, unless keys are required', async () => {
    await using shop = await client(idempotency());
    expect([(await pay(shop, undefined)).json(), (await pay(shop, undefined)).json()]).toEqual([
      { id: 1, amount: 10 },
      { id: 2, amount: 10 },
    ]);
    await using strict = await client(idempotency({ required: true }));
    expect((await pay(strict, undefined)).status).toBe(400);
    expect((await pay(strict, 'x'.repeat(256))).status).toBe(400);
    expect(
      (await strict.put('/payments/', { headers: { authorization: 'Bearer ann' } })).status,
    ).toBe(200);
  });

  it('refuses another content under the same key', async () => {
    await using shop = await client(idempotency());
    await pay(shop, 'k1', 10);
    const other = await pay(shop, 'k1', 20);
    expect([other.status, other.json()]).toEqual([
      422,
      { detail: 'This Idempotency-Key was used with another content' },
    ]);
    expect(payments).toBe(1);
  });

  it('answers 409 while the first request runs', async () => {
    let release = (): void => {};
    gate = new Promise((resolve) => (release = resolve));
    await using shop = await client(idempotency());
    const first = pay(shop, 'k1');
    await new Promise((resolve) => setImmediate(resolve));
    const second = await pay(shop, 'k1');
    expect([second.status, second.headers.get('retry-after')]).toEqual([409, '1']);
    release();
    expect((await first).status).toBe(201);
    expect((await pay(shop, 'k1')).status).toBe(201);
    expect(payments).toBe(1);
  });

  it('does exactly one of a hundred that come at once', async () => {
    await using shop = await client(idempotency());
    const answers = await Promise.all(Array.from({ length: 100 }, () => pay(shop, 'k1')));
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    expect(payments).toBe(1);
  });

  it.each([
    ['an HTTP error', new HTTPException(402)],
    ['an error of the program', new Error('boom')],
  ])('tries anew after %s', async (_, error) => {
    await using shop = await client(idempotency());
    fail = error;
    expect((await pay(shop, 'k1')).status).toBeGreaterThanOrEqual(400);
    fail = undefined;
    expect((await pay(shop, 'k1')).json()).toEqual({ id: 1, amount: 10 });
  });

  it('never gives the answer of one client to another that chose the same key', async () => {
    await using shop = await client(idempotency());
    expect((await pay(shop, 'k1', 10, 'Bearer ann')).json()).toEqual({ id: 1, amount: 10 });
    expect((await pay(shop, 'k1', 10, 'Bearer bob')).json()).toEqual({ id: 2, amount: 10 });
  });

  it('answers 503 without its store, and does nothing', async () => {
    await using shop = await client(idempotency({ store: failingStore }));
    expect([(await pay(shop, 'k1')).status, payments]).toEqual([503, 0]);
  });

  it('says what was done even if its store fails then', async () => {
    const memory = memoryStore();
    const failing: Store = {
      ...failingStore,
      get: (key) => memory.get(key),
      setIfAbsent: (key, value, options) => memory.setIfAbsent(key, value, options),
    };
    await using shop = await client(idempotency({ store: failing }));
    expect((await pay(shop, 'k1')).json()).toEqual({ id: 1, amount: 10 });
  });

  it('stands in the document of the operations inside: its header, and how it refuses', async () => {
    await using shop = await client(idempotency({ required: true }));
    const { post, put } = shop.server.openapi().paths['/payments/'] as Record<
      string,
      { parameters?: object[]; responses: object }
    >;
    expect(put).not.toHaveProperty('parameters');
    expect(Object.keys(put!.responses)).toEqual(['200']);
    expect(post!.parameters).toEqual([
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: true,
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^[!-~]+$',
          title: 'Idempotency-Key',
        },
        description:
          'Chosen by the client: a request that is sent again with the same key is done once.',
      },
    ]);
    const [invalid, thrown] = ['HTTPValidationError', 'HTTPError'].map((name) => ({
      $ref: `#/components/schemas/${name}`,
    }));
    expect(post!.responses).toMatchObject({
      400: { content: { 'application/json': { schema: thrown } } },
      409: {
        description: 'A request with this Idempotency-Key is running',
        headers: { 'Retry-After': { schema: { type: 'integer' } } },
        content: { 'application/json': { schema: thrown } },
      },
      422: {
        description: 'Validation Error, or: This Idempotency-Key was used with another content',
        content: { 'application/json': { schema: { anyOf: [invalid, thrown] } } },
      },
    });
  });

  it('leaves the header to an operation that reads it itself', async () => {
    @Controller('/orders')
    class Orders {
      @Post('/', { middleware: [idempotency({ key: () => '' })] })
      add(@Header() idempotencyKey?: string): string {
        return idempotencyKey ?? '';
      }
    }
    const { paths } = await new Vivace({ controllers: [Orders] }).openapi();
    expect(paths['/orders/']!['post']).toMatchObject({
      parameters: [{ name: 'idempotency-key', required: false }],
    });
    expect((paths['/orders/']!['post'] as { parameters: object[] }).parameters).toHaveLength(1);
  });

  it('does again what was not committed', async () => {
    let closing: Error | undefined = new Error('not committed');
    const transaction = dependency(async function* () {
      yield 'open';
      if (closing !== undefined) throw closing;
    });
    @Controller('/ledger', { middleware: [idempotency()], dependencies: [new HTTPBearer()] })
    class Ledger {
      @Post('/', { dependencies: [transaction] })
      write(): number {
        return (payments += 1);
      }
    }
    await using shop = await testClient(new Vivace({ controllers: [Ledger] }), {
      raiseErrors: false,
    });
    const headers = { authorization: 'Bearer ann', 'idempotency-key': 'k1' };
    const write = async () => (await shop.post('/ledger/', { headers })).text;
    expect(await write()).toContain('Internal Server Error');
    closing = undefined;
    expect([await write(), await write()]).toEqual(['2', '2']);
  });

  it('keeps whole answers: a stream is an error at boot, and one that comes as a Response is not committed', async () => {
    const done: string[] = [];
    const transaction = dependency(async function* () {
      yield 'open';
      done.push('committed');
    });
    @Controller('/exports', { middleware: [idempotency()], dependencies: [new HTTPBearer()] })
    class Exports {
      @Post('/:what', { dependencies: [transaction], response: false })
      make(what: 'bytes' | 'stream' | 'file' | 'refusal'): Response {
        if (what === 'stream') return new StreamingResponse(['a', 'b']);
        if (what === 'file') return new FileResponse(__filename);
        return new Response(Buffer.from('ab'), { status: what === 'bytes' ? 200 : 404 });
      }
    }
    @Controller('/rows', { middleware: [idempotency({ key: () => '' })] })
    class Rows {
      @Get('/')
      *list() {
        yield 1;
      }
      @Patch('/')
      *change() {
        yield 1;
      }
    }
    await expect(testClient(new Vivace({ controllers: [Rows] }))).rejects.toThrow(
      '[IDEMPOTENCY_STREAM] Rows.change',
    );
    await using shop = await testClient(new Vivace({ controllers: [Exports] }), {
      raiseErrors: false,
    });
    const statuses = async (what: string, headers: Record<string, string>) => {
      const sent = { headers: { authorization: 'Bearer ann', ...headers } };
      const first = await shop.post(`/exports/${what}`, sent);
      return [first.status, (await shop.post(`/exports/${what}`, sent)).status, done.splice(0)];
    };
    expect((await statuses('bytes', { 'idempotency-key': 'k1' })).slice(0, 2)).toEqual([200, 200]);
    expect(await statuses('stream', { 'idempotency-key': 'k1' })).toEqual([500, 500, []]);
    expect(await statuses('file', { 'idempotency-key': 'k1' })).toEqual([500, 500, []]);
    expect((await statuses('refusal', { 'idempotency-key': 'k1' })).slice(0, 2)).toEqual([
      404, 404,
    ]);
    expect((await statuses('stream', {})).slice(0, 2)).toEqual([200, 200]);
  });

  it('tells the content of forms by what stands in them, not by how it was sent', async () => {
    @Controller('/files', { middleware: [idempotency({ key: () => '' })] })
    class Files {
      @Post('/')
      add(@Form() name: string, file: UploadFile): string {
        return `${(payments += 1)} ${name} ${file.filename}`;
      }
    }
    await using shop = await testClient(new Vivace({ controllers: [Files] }));
    const send = async (name: string, content: string) =>
      (
        await shop.post('/files/', {
          form: { name },
          files: { file: { filename: 'a.txt', content } },
          headers: { 'idempotency-key': 'k1' },
        })
      ).status;
    expect(await send('a', 'one')).toBe(200);
    expect(await send('a', 'one')).toBe(200);
    expect([await send('a', 'two'), await send('b', 'one'), payments]).toEqual([422, 422, 1]);
  });
});

describe('whose idempotency keys they are', () => {
  const bearer = new HTTPBearer();
  const key = new APIKeyHeader({ key: 'x-key' });
  const maybe = new HTTPBearer({ optional: true });
  const inHeader = dependency({ user: Header(String, { alias: 'x-user' }) }, ({ user }) => user);
  const user = dependency({ token: bearer }, ({ token }) => token.credentials);
  const guards: Readonly<Record<string, readonly [Dependency<unknown>, (who: string) => Sent]>> = {
    'a bearer token': [bearer, (who) => ({ headers: { authorization: `Bearer ${who}` } })],
    'a user found by a token': [user, (who) => ({ headers: { authorization: `Bearer ${who}` } })],
    'a password': [new HTTPBasic(), (who) => ({ auth: [who, 'x'] })],
    'a key in a header': [key, (who) => ({ headers: { 'x-key': who } })],
    'a key in the query': [new APIKeyQuery({ key: 'key' }), (who) => ({ params: { key: who } })],
    'a key in a cookie': [new APIKeyCookie({ key: 'key' }), (who) => ({ cookies: { key: who } })],
    'one of several': [anyOf({ bearer, key }), (who) => ({ headers: { 'x-key': who } })],
    'a guard on a header': [Security(inHeader), (who) => ({ headers: { 'x-user': who } })],
  };
  const orders = (
    guard: Dependency<unknown> | undefined,
    options: Parameters<typeof idempotency>[0] = {},
  ) => {
    @Controller('/orders', {
      dependencies: guard === undefined ? [] : [guard],
      middleware: [idempotency(options)],
    })
    class Orders {
      @Post('/')
      add(): number {
        return (payments += 1);
      }
      @Get('/')
      list(request: Request): string {
        return request.method;
      }
    }
    return new Vivace({ controllers: [Orders] });
  };

  it.each(Object.entries(guards))('are told by %s', async (_, [guard, sends]) => {
    await using shop = await testClient(orders(guard));
    const add = async (sent: Sent) =>
      (
        await shop.post('/orders/', {
          ...sent,
          headers: { ...sent.headers, 'idempotency-key': 'k1' },
        })
      ).text;
    expect([await add(sends('ann')), await add(sends('bob')), await add(sends('ann'))]).toEqual([
      '1',
      '2',
      '1',
    ]);
    expect(await add({})).toMatch(/Not authenticated|Field required/);
    expect(payments).toBe(2);
  });

  it.each([
    ['nothing', undefined],
    ['credentials that may be missing', maybe],
    ['a dependency that is no guard', inHeader],
  ])('are not told by %s: then it takes a key', async (_, guard) => {
    await expect(testClient(orders(guard))).rejects.toThrow('IDEMPOTENCY_CALLER');
    const keyed = orders(guard, { key: ({ headers }) => headers.get('x-user') ?? '' });
    await using shop = await testClient(keyed);
    const headers = { 'x-user': 'ann', 'idempotency-key': 'k1' };
    for (let again = 0; again < 2; again += 1)
      expect((await shop.post('/orders/', { headers })).text).toBe('1');
  });

  it('are not asked for where a test puts something in the place of the guard', async () => {
    const app = orders(user);
    await using shop = await testClient(app, { overrides: [override(user, () => 'ann')] });
    expect((await shop.post('/orders/')).status).toBe(200);
  });
});
