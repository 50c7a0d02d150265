import {
  Body,
  Controller,
  dependency,
  Depends,
  Get,
  Injectable,
  int,
  Request,
  RequestValidationError,
  Vivace,
  type VivaceOptions,
} from 'vivace';
import { Min } from 'class-validator';
import { declareEntry, type Class, type Entry, type Extension } from 'vivace/extend';
import { HTTPBearer } from 'vivace/security';
import { override, testClient } from 'vivace/testing';

/** What a package brings with each call. */
abstract class Message<T = unknown> {
  abstract readonly id: string;
  abstract readonly body: T;
}
const Consume =
  (topic: string) =>
  (target: object, method: string): void =>
    declareEntry({ kind: 'event', target, method, options: { name: topic }, parts: [Message] });

const counts = { opened: 0, committed: 0, rolledBack: 0 };
class Session {
  readonly rows: string[] = [];
}
const session = dependency(
  async function* () {
    counts.opened += 1;
    try {
      yield new Session();
    } catch (error) {
      counts.rolledBack += 1;
      throw error;
    }
    counts.committed += 1;
  },
  { name: 'session' },
);
class Order {
  @Min(1)
  id!: int;
  placed!: Date;
}
@Injectable()
class Ledger {
  constructor(
    private readonly message: Message,
    @Depends(session) private readonly rows: Session,
  ) {}
  write(text: string): string {
    this.rows.rows.push(text);
    return `${this.message.id}: ${this.rows.rows.join()}`;
  }
}
class Billing {
  constructor(
    private readonly ledger: Ledger,
    @Depends(session) private readonly rows: Session,
  ) {}
  @Consume('orders')
  async bill(order: Order, message: Message<Order>, signal: AbortSignal): Promise<string> {
    if (message.id === 'poison') throw new Error('poison');
    signal.throwIfAborted();
    this.rows.rows.push(message.id);
    return this.ledger.write(`${order.id} of ${order.placed.getUTCFullYear()}`);
  }
  @Consume('ticks')
  tick(): string {
    return 'tock';
  }
  @Consume('numbers')
  numbers(numbers: readonly int[]): number {
    return numbers.reduce((sum, number) => sum + number, 0);
  }
}
const events = (entries: readonly Class[], more: Partial<Extension> = {}): Extension => ({
  name: 'events',
  entries,
  ...more,
});

/** An application, and its entry points by name. */
async function serving(
  type: Class = Billing,
  options: VivaceOptions = {},
  overrides = [] as never[],
) {
  const entries = new Map<string, Entry>();
  const check: Extension['check'] = (plan) =>
    plan.entries.forEach((entry) => entries.set(entry.name, entry));
  const app = new Vivace({ extensions: [events([type], { check })], ...options });
  const client = await testClient(app, { overrides });
  const call = (name: string, payload: unknown, id = 'm1', signal?: AbortSignal) =>
    entries.get(name)!.call(payload, new Map([[Message, { id }]]), signal);
  return { client, call, entries, [Symbol.asyncDispose]: () => client.close() };
}
const order = { id: 7, placed: '2026-01-02T03:04:05Z' };

describe('an entry point', () => {
  it('gets its payload validated, its parts and what is injected, and gives its result', async () => {
    await using served = await serving();
    expect(await served.call('Billing.bill', order)).toBe('m1: m1,7 of 2026');
    expect(await served.call('Billing.tick', undefined)).toBe('tock');
    expect(await served.call('Billing.numbers', [1, 2])).toBe(3);
  });

  it('refuses a payload that does not fit, with where it does not', async () => {
    await using served = await serving();
    const refused = await served.call('Billing.bill', { id: 0 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RequestValidationError);
    const { issues, body } = refused as RequestValidationError;
    expect(issues.map(({ type, loc }) => [type, ...loc])).toEqual([
      ['greater_than_equal', 'payload', 'id'],
      ['missing', 'payload', 'placed'],
    ]);
    expect(body).toEqual({ id: 0 });
    await expect(served.call('Billing.numbers', [1, 'two'])).rejects.toMatchObject({
      issues: [{ loc: ['payload', 1] }],
    });
    await expect(served.call('Billing.bill', undefined)).rejects.toMatchObject({
      issues: [{ type: 'missing', loc: ['payload'] }],
    });
  });

  it('closes what it opened, whatever happens', async () => {
    await using served = await serving();
    Object.assign(counts, { opened: 0, committed: 0, rolledBack: 0 });
    const aborted = AbortSignal.abort(new Error('aborted'));
    const ways = [
      () => served.call('Billing.bill', order),
      () => served.call('Billing.bill', { id: 'x' }),
      () => served.call('Billing.bill', order, 'poison'),
      () => served.call('Billing.bill', order, 'm1', aborted),
    ];
    const outcomes = new Map<string, number>();
    for (let round = 0; round < 100; round += 1) {
      const calls = Array.from({ length: 100 }, (_, index) => ways[index % ways.length]!());
      for (const settled of await Promise.allSettled(calls)) {
        const way =
          settled.status === 'fulfilled' ? 'given' : (settled.reason as Error).message.slice(0, 7);
        outcomes.set(way, (outcomes.get(way) ?? 0) + 1);
      }
    }
    expect([...outcomes.values()]).toEqual([2500, 2500, 2500, 2500]);
    expect(counts.opened).toBe(counts.committed + counts.rolledBack);
    expect(counts.committed).toBe(2500);
  });

  it('is not called without its parts, nor before the server is open', async () => {
    await using served = await serving();
    const bill = served.entries.get('Billing.bill')!;
    await expect(bill.call(order)).rejects.toThrow('Billing.bill was called without its Message.');
    let early: Promise<unknown> | undefined;
    const check: Extension['check'] = ({ entries }) => {
      early = entries[0]!.call(order).catch(String);
    };
    await using _ = await new Vivace({ extensions: [events([Billing], { check })] }).build();
    expect(await early).toBe('Error: Billing.bill was called before the server was open.');
  });

  it('is overridden in tests as an operation is', async () => {
    const fake = override(session, () => new Session());
    await using served = await serving(Billing, {}, [fake as never]);
    Object.assign(counts, { opened: 0 });
    expect(await served.call('Billing.bill', order)).toBe('m1: m1,7 of 2026');
    expect(counts.opened).toBe(0);
    const app = new Vivace({ extensions: [events([Billing])] });
    await expect(testClient(app, { forbidUnmocked: [session] })).rejects.toMatchObject({
      code: 'OVERRIDE_MISSING',
    });
  });

  it('says what its payload and its result are', async () => {
    class Receipt {
      total!: number;
    }
    class Till {
      @Consume('orders')
      async take(order: Order): Promise<Receipt> {
        return { total: order.id };
      }
    }
    await using served = await serving(Till);
    await using others = await serving();
    const { payload, result } = served.entries.get('Till.take')!;
    expect(payload?.fields.map(({ name }) => name)).toEqual(['id', 'placed']);
    expect([payload?.type, result?.type]).toEqual([Order, Receipt]);
    expect(result?.write({ total: 1, secret: 2 })).toBe('{"total":1}');
    const shapes = [...others.entries.values()].map((entry) => [
      entry.payload?.name ?? null,
      entry.result?.type ?? entry.result?.name ?? null,
    ]);
    expect(shapes).toEqual([
      ['Order', ''],
      [null, ''],
      ['', ''],
    ]);
    expect(others.entries.get('Billing.tick')!.result!.write('tock')).toBe('"tock"');
    const numbers = others.entries.get('Billing.numbers')!.payload!;
    expect(numbers.write([1, 2])).toBe('[1,2]');
    expect(() => numbers.parse([1, 'two'])).toThrow(RequestValidationError);
  });

  it('resolves its dependencies first, in the same scope; one that throws keeps it from being called', async () => {
    const opened: string[] = [];
    const marked = dependency(
      { rows: session, message: Message as Class<Message> },
      ({ rows, message }) => {
        if (message.id === 'known') throw new Error('known');
        rows.rows.push('marked');
      },
      { name: 'marked' },
    );
    class Audit {
      constructor(@Depends(session) private readonly rows: Session) {}
      audit(order: Order): string {
        opened.push('called');
        return `${order.id}: ${this.rows.rows.join()}`;
      }
    }
    declareEntry({
      kind: 'event',
      target: Audit.prototype,
      method: 'audit',
      options: { name: 'orders' },
      parts: [Message],
      dependencies: [marked],
    });
    Reflect.defineMetadata('design:paramtypes', [Order], Audit.prototype, 'audit');
    await using served = await serving(Audit);
    expect(await served.call('Audit.audit', order)).toBe('7: marked');
    await expect(served.call('Audit.audit', order, 'known')).rejects.toThrow('known');
    expect(opened).toEqual(['called']);
    const app = new Vivace({ extensions: [events([Audit])] });
    expect((await app.entries())[0]!.dependencies).toContain('marked');
    expect(await app.explain('Audit.audit')).toContain('marked');
  });

  it('is listed and explained, once for a class that two extensions name', async () => {
    const jobs: Extension = { name: 'jobs', entries: [Billing] };
    const app = new Vivace({ extensions: [events([Billing]), jobs] });
    expect(
      (await app.entries()).map(({ kind, name, handler, payload, extension }) => [
        kind,
        name,
        handler,
        payload,
        extension,
      ]),
    ).toEqual([
      ['EVENT', 'orders', 'Billing.bill', 'Order', 'events'],
      ['EVENT', 'ticks', 'Billing.tick', null, 'events'],
      ['EVENT', 'numbers', 'Billing.numbers', 'int[]', 'events'],
    ]);
    const source = await app.explain('Billing.bill');
    expect(source).toContain('async function Billing_bill(request, exchange)');
    expect(source).toContain('exchange.given(');
  });

  it('is part of no document, and of no other code', async () => {
    @Controller()
    class Home {
      @Get('/home')
      read(): string {
        return 'home';
      }
    }
    const plain = new Vivace({ controllers: [Home] });
    const app = new Vivace({ controllers: [Home], extensions: [events([Billing])] });
    expect(await app.openapi()).toEqual(await plain.openapi());
    expect(await app.explain('GET /home')).toBe(await plain.explain('GET /home'));
  });

  it('is refused where the compiler has not written what its method takes', async () => {
    class Untyped {
      read(order: Order): number {
        return order.id;
      }
    }
    declareEntry({ kind: 'event', target: Untyped.prototype, method: 'read', options: {} });
    const app = new Vivace({ extensions: [{ name: 'untyped', entries: [Untyped] }] });
    await expect(app.build()).rejects.toThrow('[PARAMETER_TYPE] Untyped.read(parameter 1)');
  });
});

describe('what a request has', () => {
  const bearer = new HTTPBearer();
  const user = dependency({ bearer }, () => 'ann', { name: 'user' });
  const audit = dependency({ request: Request }, ({ request }) => request.url, { name: 'audit' });
  const built = (type: Class): Promise<unknown> =>
    new Vivace({ extensions: [events([type])] }).build();

  it('is not there for an entry point, which is said with the way to it', async () => {
    @Injectable()
    class Trail {
      constructor(@Depends(audit) readonly url: string) {}
    }
    class Asking {
      @Consume('a')
      ask(trail: Trail): void {
        void trail;
      }
    }
    class Guarded {
      @Consume('b')
      ask(@Depends(user) name: string): void {
        void name;
      }
    }
    class Reading {
      @Consume('c')
      ask(@Body() order: Order): void {
        void order;
      }
    }
    await expect(built(Asking)).rejects.toThrow(
      'Asking.ask → Trail → audit needs a Request, which there is none of in an entry point outside HTTP.',
    );
    await expect(built(Guarded)).rejects.toThrow(
      'Guarded.ask → user → HTTPBearer reads credentials of a request',
    );
    await expect(built(Reading)).rejects.toThrow('Reading.ask needs a body');
  });
});
