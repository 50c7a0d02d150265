import { Controller, Header, HTTPException, Post, Put, Vivace, type Middleware } from 'vivace';
import { idempotency, memoryStore, type Store } from 'vivace/middleware';
import { testClient, type TestClient } from 'vivace/testing';

let payments = 0;
let gate = Promise.resolve();
let fail: Error | undefined;
beforeEach(() => {
  payments = 0;
  gate = Promise.resolve();
  fail = undefined;
});

const client = (middleware: Middleware): Promise<TestClient> => {
  @Controller('/payments', { middleware: [middleware] })
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
    expect((await strict.put('/payments/')).status).toBe(200);
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
    const fails = (): Promise<never> => Promise.reject(new Error('connection lost'));
    const store: Store = { get: fails, set: fails, delete: fails, increment: fails };
    await using shop = await client(idempotency({ store }));
    expect([(await pay(shop, 'k1')).status, payments]).toEqual([503, 0]);
  });

  it('says what was done even if its store fails then', async () => {
    const memory = memoryStore();
    const failing: Store = {
      get: (key) => memory.get(key),
      increment: (key, by, seconds) => memory.increment(key, by, seconds),
      set: () => Promise.reject(new Error('connection lost')),
      delete: () => Promise.reject(new Error('connection lost')),
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
      @Post('/', { middleware: [idempotency()] })
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
});
