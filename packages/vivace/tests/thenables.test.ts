import { tracingChannel } from 'node:diagnostics_channel';
import { Controller, Depends, FieldValidator, Get, Post, Vivace, dependency } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';

type Then<T> = (done: (value: T) => unknown, failed: (error: unknown) => unknown) => unknown;

/** What can be awaited and is no promise, as statements of query builders are. */
function awaitable<T>(then: Then<T>): Promise<T> {
  // oxlint-disable-next-line no-thenable -- it is what is tested
  return { then } as unknown as Promise<T>;
}
const KINDS: Readonly<Record<string, () => Promise<string>>> = {
  'gives nothing from then': () =>
    awaitable((done) => {
      done('here');
    }),
  'is there later': () =>
    awaitable((done) => {
      setImmediate(() => done('here'));
    }),
  'gives another one': () => awaitable((done) => done(KINDS['is there later']!() as never)),
  'says more than once': () =>
    awaitable((done, failed) => {
      done('here');
      failed(new Error('too late'));
    }),
  'is a promise': () => Promise.resolve('here'),
};
const FAILING: Readonly<Record<string, () => Promise<string>>> = {
  'fails later': () =>
    awaitable((_, failed) => {
      setImmediate(() => failed(new Error('broken')));
    }),
  'throws from then': () =>
    awaitable(() => {
      throw new Error('broken');
    }),
  'throws where then is read': () =>
    // oxlint-disable-next-line no-thenable -- it is what is tested
    Object.defineProperty({} as Promise<string>, 'then', {
      get: () => {
        throw new Error('broken');
      },
    }),
};
let given: () => Promise<string>;

const opened = dependency(async function* () {
  await Promise.resolve();
  yield 1;
});
const lazily = dependency(() => given());
class Named {
  name!: string;
  @FieldValidator('name')
  static looked(): Promise<string> {
    return given();
  }
}

@Controller()
class Things {
  @Get('/plain') plain(): Promise<string> {
    return given();
  }
  @Get('/unknown') unknown(): unknown {
    return given();
  }
  @Get('/after') after(@Depends(opened) _: unknown): Promise<string> {
    return given();
  }
  @Get('/around', { middleware: [(_, next) => next()] }) around(): Promise<string> {
    return given();
  }
  @Get('/injected') injected(@Depends(lazily) text: string): string {
    return text;
  }
  @Post('/read') read(named: Named): string {
    return named.name;
  }
}
const app = new Vivace({ controllers: [Things], timeouts: { handler: 0.05 }, logger: false });

function ask(client: TestClient, path: string) {
  return path === '/read' ? client.post(path, { json: { name: 'x' } }) : client.get(path);
}

describe.each(['/plain', '/unknown', '/after', '/around', '/injected', '/read'])(
  'what can be awaited, at %s',
  (path) => {
    test.each(Object.keys(KINDS))('is awaited where it %s', async (kind) => {
      given = KINDS[kind]!;
      await using client = await testClient(app);
      const answer = await ask(client, path);
      expect([answer.status, answer.json()]).toEqual([200, 'here']);
    });

    // An Error of a validator of fields is its way to refuse.
    test.each(Object.keys(FAILING))('fails as a promise does where it %s', async (kind) => {
      given = FAILING[kind]!;
      await using client = await testClient(app);
      if (path === '/read') expect((await ask(client, path)).status).toBe(422);
      else await expect(ask(client, path)).rejects.toThrow('broken');
    });
  },
);

test('what can be awaited is given up in time where it never is there', async () => {
  given = () => awaitable(() => {});
  await using client = await testClient(app);
  const answers = await Promise.all(
    ['/plain', '/injected', '/read'].map((path) => ask(client, path)),
  );
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
});

test('what can be awaited is also there where somebody listens to dependencies', async () => {
  given = KINDS['gives nothing from then']!;
  const channel = tracingChannel('vivace:dependency');
  const heard = { start() {}, end() {}, asyncStart() {}, asyncEnd() {}, error() {} };
  channel.subscribe(heard);
  try {
    await using client = await testClient(new Vivace({ controllers: [Things] }));
    expect((await client.get('/injected')).json()).toBe('here');
  } finally {
    channel.unsubscribe(heard);
  }
});
