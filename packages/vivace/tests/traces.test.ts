import { tracingChannel } from 'node:diagnostics_channel';
import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Query,
  Vivace,
  dependency,
  int,
  type Provided,
} from 'vivace';
import { declareEntry, type Entry, type Plan, type TraceMessage } from 'vivace/extend';
import { testClient } from 'vivace/testing';

const session = dependency(async function* () {
  await Promise.resolve();
  yield 'open';
});
const page = dependency({ page: Query(int, { default: 1 }) }, ({ page }) => page);
const failing = dependency(() => {
  throw new HTTPException(403, 'no');
});

@Controller('/things')
class Things {
  @Get('/hello') hello(): string {
    return 'hello';
  }
  @Get('/:id') read(
    id: int,
    @Depends(session) opened: Provided<typeof session>,
    @Depends(page) at: int,
  ): string {
    if (id === 500) throw new TypeError('broken');
    return `${opened} ${at}`;
  }
  @Get('/refused/:id', { dependencies: [failing] }) refused(id: int): int {
    return id;
  }
}

let heard: string[];
beforeEach(() => {
  heard = [];
});

/** Notes what channels publish. */
class Listening implements Disposable {
  readonly #stop: (() => void)[] = [];

  constructor(...kinds: readonly string[]) {
    for (const kind of kinds) {
      const channel = tracingChannel<unknown, TraceMessage>(`vivace:${kind}`);
      const note = (event: string) => (message: object) => {
        const { name, operation, status, error, request, closing } = message as TraceMessage;
        const what = status ?? (error as Error | undefined)?.message ?? '';
        const which = closing === true ? 'closing' : kind;
        heard.push(
          `${which} ${event} ${operation} ${name} ${request?.method ?? ''} ${what}`.trim(),
        );
      };
      const subscribers = {
        start: note('start'),
        end: () => {},
        asyncStart: () => {},
        asyncEnd: note('end'),
        error: note('error'),
      };
      channel.subscribe(subscribers);
      this.#stop.push(() => void channel.unsubscribe(subscribers));
    }
  }

  [Symbol.dispose](): void {
    for (const stop of this.#stop) stop();
  }
}

function close(fails: boolean): void {
  if (fails) throw new Error('not closed');
}

const application = () =>
  new Vivace({
    controllers: [Things],
    logger: false,
    middleware: [
      (_request, next) => {
        heard.push('middleware');
        return next();
      },
    ],
  });

describe('a request that somebody listens to', () => {
  test('is published from before the middleware until its answer is sent, with its route template', async () => {
    using _ = new Listening('request', 'dependency');
    await using client = await testClient(application());
    expect((await client.get('/things/7')).status).toBe(200);
    expect(heard).toEqual([
      'request start GET /things/:id Things.read GET',
      'middleware',
      'dependency start GET /things/:id page GET',
      'dependency start GET /things/:id session GET',
      'dependency end GET /things/:id session GET',
      'closing start GET /things/:id session GET',
      'closing end GET /things/:id session GET',
      'request end GET /things/:id Things.read GET 200',
    ]);
  });

  test('says what was thrown, by whom', async () => {
    using _ = new Listening('request', 'dependency');
    await using client = await testClient(application(), { raiseErrors: false });
    await client.get('/things/refused/1');
    expect(heard).toContain('dependency error GET /things/refused/:id failing GET no');
    expect(heard.at(-1)).toBe('request end GET /things/refused/:id Things.refused GET 403');
    await client.get('/things/500');
    expect(heard).toContain('request error GET /things/:id Things.read GET broken');
    expect(heard.at(-1)).toBe('request end GET /things/:id Things.read GET 500');
  });

  type Generate = (fails: boolean) => Generator<number> | AsyncGenerator<number>;
  const generators: readonly [string, Generate][] = [
    [
      'that waits',
      async function* (fails) {
        try {
          yield 1;
        } finally {
          await Promise.resolve();
          close(fails);
        }
      },
    ],
    [
      'that does not wait',
      function* (fails) {
        try {
          yield 1;
        } finally {
          close(fails);
        }
      },
    ],
    [
      'of which only its value tells that it is one',
      (fails) =>
        (function* () {
          yield 1;
          close(fails);
        })(),
    ],
  ];
  test.each(generators)(
    'tells of the clean-up of a dependency %s apart, and of what fails there',
    async (_kind, open) => {
      const fails = Query(Boolean, { default: false });
      const opened = dependency({ fails }, ({ fails }) => open(fails), { name: 'opened' });
      @Controller()
      class Closing {
        @Get('/') read(@Depends(opened) _opened: unknown, broken = false): string {
          if (broken) throw new TypeError('broken');
          return 'read';
        }
      }
      using _ = new Listening('dependency');
      const app = new Vivace({ controllers: [Closing], logger: false });
      await using client = await testClient(app, { raiseErrors: false });
      const of = async (query: string) => {
        heard = [];
        const { status } = await client.get(`/?${query}`);
        const told = heard.map((line) => line.replace(' GET / opened GET', '').trim());
        return [status, ...told.filter((line) => !line.includes(' end'))];
      };
      expect(await of('')).toEqual([200, 'dependency start', 'closing start']);
      // The error goes through it, and is none of its own.
      expect(await of('broken=true')).toEqual([500, 'dependency start', 'closing start']);
      expect(await of('fails=true')).toEqual([
        500,
        'dependency start',
        'closing start',
        'closing error not closed',
      ]);
    },
  );

  test('is shown by explain', async () => {
    using _ = new Listening('request', 'dependency');
    const source = await application().explain('GET /things/:id');
    expect(source).toContain('// vivace:request is published');
    expect(source).toContain('$trace$({ name: "session", operation: "GET /things/:id"');
  });
});

class Order {
  id!: int;
}
const Consume = (target: object, method: string): void =>
  declareEntry({ kind: 'event', target, method, options: {} });
class Billing {
  @Consume bill(order: Order): int {
    if (order.id === 0) throw new Error('no order');
    return order.id;
  }
}

describe('an entry point that somebody listens to', () => {
  test('is published until all is closed', async () => {
    using _ = new Listening('entry');
    let entries: readonly Entry[] = [];
    const check = (plan: Plan): void => void ({ entries } = plan);
    const app = new Vivace({ extensions: [{ name: 'events', entries: [Billing], check }] });
    await using _client = await testClient(app);
    expect(await entries[0]?.call({ id: '7' })).toBe(7);
    await expect(entries[0]?.call({ id: 0 })).rejects.toThrow('no order');
    expect(heard).toEqual([
      'entry start Billing.bill Billing.bill',
      'entry end Billing.bill Billing.bill',
      'entry start Billing.bill Billing.bill',
      'entry error Billing.bill Billing.bill  no order',
      'entry end Billing.bill Billing.bill  no order',
    ]);
  });
});

describe('where nobody listens', () => {
  test('nothing of it is in the functions', async () => {
    const texts = async () =>
      Promise.all(
        ['GET /things/hello', 'GET /things/:id'].map((name) => application().explain(name)),
      );
    const before = await texts();
    expect(before.join()).not.toContain('$trace$');
    using _ = new Listening('request', 'dependency');
    const [hello] = await texts();
    expect(hello).toContain(before[0]);
  });

  test('who comes after the server was built hears nothing', async () => {
    await using client = await testClient(application());
    using _ = new Listening('request', 'dependency');
    await client.get('/things/7');
    expect(heard).toEqual(['middleware']);
  });
});
