import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Injectable,
  Post,
  Security,
  Vivace,
  dependency,
  provide,
} from 'vivace';
import { HTTPBearer } from 'vivace/security';
import { override, testClient } from 'vivace/testing';

const untyped = (value: unknown): never => value as never;

/** One operation that needs something. */
function needing(target: unknown) {
  @Controller()
  class Items {
    @Get('/')
    read(@Depends(untyped(target)) value: unknown) {
      return value;
    }
  }
  return Items;
}

describe('gotchas of dependencies', () => {
  test('gotcha 60: how long a result lives is said by its lifetime: request, call or singleton', async () => {
    let calls = 0;
    const of = (lifetime: 'request' | 'call' | 'singleton') =>
      dependency(() => ++calls, { lifetime });
    for (const [lifetime, expected] of [
      ['request', [1, 1, 2, 2]],
      ['call', [1, 2, 3, 4]],
      ['singleton', [1, 1, 1, 1]],
    ] as const) {
      calls = 0;
      const count = of(lifetime);
      @Controller()
      class Items {
        @Get('/')
        read(@Depends(count) a: number, @Depends(count) b: number) {
          return [a, b];
        }
      }
      await using client = await testClient(new Vivace({ controllers: [Items] }));
      const answers = [await client.get('/'), await client.get('/')].flatMap((answer) =>
        answer.json<number[]>(),
      );
      expect([lifetime, answers]).toEqual([lifetime, expected]);
    }
  });

  test('gotcha 61: an injectable with Symbol.asyncDispose is disposed also when the handler fails', async () => {
    const log: string[] = [];
    @Injectable({ lifetime: 'singleton' })
    class Pool {
      async [Symbol.asyncDispose]() {
        log.push('disposed');
      }
    }
    const session = dependency(function* () {
      try {
        yield 1;
      } finally {
        log.push('closed');
      }
    });
    @Controller()
    class Items {
      constructor(readonly pool: Pool) {}
      @Get('/')
      read(@Depends(session) _: number) {
        throw new HTTPException(409);
      }
    }
    const client = await testClient(new Vivace({ controllers: [Items] }));
    await client.get('/');
    expect(log).toEqual(['closed']);
    await client.close();
    expect(log).toEqual(['closed', 'disposed']);
  });

  test('gotcha 62: an error that a generator swallows still goes on', async () => {
    const swallowing = dependency(function* () {
      try {
        yield 1;
      } catch {
        // FastAPI answers 500 with an obscure text here.
      }
    });
    @Controller('', { dependencies: [swallowing] })
    class Items {
      @Get('/')
      read() {
        throw new HTTPException(409, 'taken');
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    const response = await client.get('/');
    expect([response.status, response.json()]).toEqual([409, { detail: 'taken' }]);
  });

  test('gotcha 63: a singleton cannot keep what belongs to a request', async () => {
    const session = dependency(() => 'session');
    const cache = dependency({ session }, ({ session }) => session, { lifetime: 'singleton' });
    await expect(new Vivace({ controllers: [needing(cache)] }).build()).rejects.toThrow(
      /CAPTIVE_DEPENDENCY.*cache \(singleton\) → session \(request\)/s,
    );
  });

  test('gotcha 64: a commit that fails is a 500, for it happens before the response is sent', async () => {
    const transaction = dependency(function* () {
      yield 'row';
      throw new Error('the commit failed');
    });
    await using client = await testClient(new Vivace({ controllers: [needing(transaction)] }), {
      raiseErrors: false,
    });
    expect((await client.get('/')).status).toBe(500);
  });

  test('gotcha 66: overrides belong to one build, so that the next test has the real thing', async () => {
    const database = dependency(() => 'real');
    const app = new Vivace({ controllers: [needing(database)] });
    {
      await using client = await testClient(app, { overrides: [override(database, () => 'fake')] });
      expect((await client.get('/')).json()).toBe('fake');
    }
    await using client = await testClient(app);
    expect((await client.get('/')).json()).toBe('real');
  });

  test('gotcha 67: an override of something that nobody needs is an error', async () => {
    const used = dependency(() => 1);
    const unused = dependency(() => 2);
    const overriding = testClient(new Vivace({ controllers: [needing(used)] }), {
      overrides: [override(unused, () => 3)],
    });
    await expect(overriding).rejects.toThrow(
      /OVERRIDE_UNUSED.*dependency 'unused'.*override\(used, …\)/s,
    );
  });

  test('gotcha 69: dependencies are resolved one after the other in declared order, which is a promise', async () => {
    const log: string[] = [];
    const slow = dependency(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      log.push('slow');
    });
    const fast = dependency(() => void log.push('fast'));
    @Controller('', { dependencies: [slow, fast] })
    class Items {
      @Get('/')
      read() {
        return log;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/')).json()).toEqual(['slow', 'fast']);
  });

  test('gotcha 70: a class that only the handler needs is not made for an invalid request', async () => {
    let made = 0;
    @Injectable()
    class Session {
      constructor() {
        made += 1;
      }
    }
    class Item {
      name!: string;
    }
    @Controller()
    class Items {
      constructor(readonly session: Session) {}
      @Post('/')
      add(item: Item) {
        return item;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.post('/', { json: {} })).status).toBe(422);
    expect(made).toBe(0);
  });

  test('gotcha 71: a guard answers before the body is read', async () => {
    const bearer = new HTTPBearer();
    class Item {
      name!: string;
    }
    @Controller()
    class Items {
      @Post('/')
      add(item: Item, @Security(bearer) _: unknown) {
        return item;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items], bodyLimit: 10 }));
    const body = JSON.stringify({ name: 'far more than ten bytes' });
    const headers = { 'content-type': 'application/json' };
    expect((await client.post('/', { body, headers })).status).toBe(401);
    expect((await client.post('/', { body: '{', headers })).status).toBe(401);
    expect(
      (await client.post('/', { body, headers: { ...headers, authorization: 'Bearer x' } })).status,
    ).toBe(413);
  });

  test('gotcha 72: a provider that is missing is found at boot, with the class that needs it', async () => {
    class Mailer {
      constructor(readonly host: string) {}
    }
    @Injectable()
    class Accounts {
      constructor(readonly mailer: Mailer) {}
    }
    @Controller()
    class Items {
      constructor(readonly accounts: Accounts) {}
      @Get('/')
      read() {
        return 1;
      }
    }
    await expect(new Vivace({ controllers: [Items] }).build()).rejects.toThrow(
      /INJECTABLE_MISSING.*Accounts\(mailer\).*@Injectable\(\) above class Mailer/s,
    );
    await using client = await testClient(
      new Vivace({
        controllers: [Items],
        provide: [provide(Mailer, () => new Mailer('localhost'))],
      }),
    );
    expect((await client.get('/')).json()).toBe(1);
  });

  test('gotcha 73: dependencies that need each other are found at boot, with the circle', async () => {
    @Injectable()
    class Left {
      constructor(readonly right: Right) {}
    }
    @Injectable()
    class Right {
      constructor(readonly left: Left) {}
    }
    @Controller()
    class Items {
      constructor(readonly left: Left) {}
      @Get('/')
      read() {
        return 1;
      }
    }
    await expect(new Vivace({ controllers: [Items] }).build()).rejects.toThrow(
      'Left needs itself: Left → Right → Left.',
    );
  });

  test('gotcha 74: a function that was called instead of named is refused', async () => {
    const getSession = (): string => 'session';
    await expect(new Vivace({ controllers: [needing(getSession())] }).build()).rejects.toThrow(
      /NOT_A_DEPENDENCY/,
    );
    await expect(new Vivace({ controllers: [needing(getSession)] }).build()).rejects.toThrow(
      /Write instead: dependency\(getSession\)/,
    );
  });
});
