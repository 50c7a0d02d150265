import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Injectable,
  Vivace,
  dependency,
  on,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { override, testClient } from 'vivace/testing';

class Broken extends Error {}

/** A generator dependency that notes when it opens, what is thrown in, and when it closes. */
function noted(name: string, log: string[], options: { scope?: 'function' | 'request' } = {}) {
  return dependency(async function* () {
    log.push(`open ${name}`);
    try {
      yield name;
    } catch (error) {
      log.push(`${name} sees ${(error as Error).message}`);
      throw error;
    } finally {
      log.push(`close ${name}`);
    }
  }, options);
}

describe('a generator dependency', () => {
  it('is closed last opened first, before the response, with the error of the handler thrown in', async () => {
    const log: string[] = [];
    const outer = noted('outer', log);
    const inner = dependency({ outer }, function* ({ outer }) {
      log.push('open inner');
      try {
        yield `${outer} inner`;
      } finally {
        log.push('close inner');
      }
    });
    @Controller()
    class Items {
      @Get('/')
      read(@Depends(inner) value: string) {
        return value;
      }
      @Get('/broken')
      broken(@Depends(inner) _: string) {
        throw new Broken('no');
      }
    }
    await using client = await testClient(
      new Vivace({
        controllers: [Items],
        exceptions: [on(Broken, () => new JSONResponse({}, { status: 409 }))],
      }),
    );
    expect((await client.get('/')).json()).toBe('outer inner');
    expect(log.splice(0)).toEqual(['open outer', 'open inner', 'close inner', 'close outer']);
    expect((await client.get('/broken')).status).toBe(409);
    expect(log).toEqual([
      'open outer',
      'open inner',
      'close inner',
      'outer sees no',
      'close outer',
    ]);
  });

  it('with the scope request is closed after the response', async () => {
    const log: string[] = [];
    const late = noted('late', log, { scope: 'request' });
    const early = noted('early', log);
    @Controller()
    class Items {
      @Get('/')
      read(@Depends(late) _late: string, @Depends(early) _early: string) {
        return 'done';
      }
    }
    const app = new Vivace({ controllers: [Items] }).use(async (_request, next) => {
      const response = await next();
      log.push('response');
      return response;
    });
    await using client = await testClient(app);
    await client.get('/');
    expect(log).toEqual(['open late', 'open early', 'close early', 'response', 'close late']);
  });

  it('may answer an error with another, and the last error counts', async () => {
    const translating = dependency(function* () {
      try {
        yield 1;
      } catch {
        throw new HTTPException(418, 'translated');
      }
    });
    @Controller('', { dependencies: [translating] })
    class Items {
      @Get('/')
      read() {
        throw new Broken('no');
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/')).json()).toEqual({ detail: 'translated' });
  });

  it('of which several fail to close still closes all', async () => {
    const log: string[] = [];
    const failing = (name: string) =>
      dependency(function* () {
        yield name;
        log.push(name);
        throw new Broken(name);
      });
    @Controller('', { dependencies: [failing('first'), failing('second'), noted('third', log)] })
    class Items {
      @Get('/')
      read() {
        return 'fine';
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }), {
      raiseErrors: false,
    });
    expect((await client.get('/')).status).toBe(500);
    expect(log).toEqual(['open third', 'close third', 'second']);
  });

  it('that is made by a plain function counts as well, and its value is the one that it yields', async () => {
    const log: string[] = [];
    const make = (): AsyncGenerator<string, void, unknown> =>
      (async function* () {
        yield 'made';
        log.push('closed');
      })();
    const made = dependency(make);
    @Controller()
    class Items {
      @Get('/')
      read(@Depends(made) value: string) {
        return value;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/')).json()).toBe('made');
    expect(log).toEqual(['closed']);
  });
});

describe('a singleton', () => {
  it('is opened once when the server is built, in the order of need, and closed in reverse', async () => {
    const log: string[] = [];
    const pool = dependency(
      async function* () {
        log.push('open pool');
        yield { queries: 0 };
        log.push('close pool');
      },
      { lifetime: 'singleton' },
    );
    @Injectable({ lifetime: 'singleton' })
    class Cache implements AsyncDisposable {
      constructor(@Depends(pool) readonly pool: { queries: number }) {
        log.push('open cache');
      }
      async [Symbol.asyncDispose]() {
        log.push('close cache');
      }
    }
    @Controller()
    class Items {
      constructor(private readonly cache: Cache) {}
      @Get('/')
      read() {
        return ++this.cache.pool.queries;
      }
    }
    const app = new Vivace({ controllers: [Items] });
    const client = await testClient(app);
    expect(log).toEqual(['open pool', 'open cache']);
    expect((await client.get('/')).json()).toBe(1);
    expect((await client.get('/')).json()).toBe(2);
    await client.close();
    expect(log).toEqual(['open pool', 'open cache', 'close cache', 'close pool']);
    await using other = await testClient(app);
    expect((await other.get('/')).json()).toBe(1);
  });

  it('that cannot be opened closes those before it, and the application does not start', async () => {
    const log: string[] = [];
    const first = dependency(
      function* () {
        try {
          yield 1;
        } finally {
          log.push('closed');
        }
      },
      { lifetime: 'singleton' },
    );
    const second = dependency(
      { first },
      () => {
        throw new Broken('no database');
      },
      { lifetime: 'singleton' },
    );
    @Controller('', { dependencies: [second] })
    class Items {
      @Get('/')
      read() {
        return 1;
      }
    }
    await expect(new Vivace({ controllers: [Items] }).build()).rejects.toThrow('no database');
    expect(log).toEqual(['closed']);
  });
});

describe('app.run', () => {
  it('resolves a dependency outside HTTP and closes what it opened', async () => {
    const log: string[] = [];
    const session = noted('session', log);
    const report = dependency({ session }, async ({ session }) => `report by ${session}`);
    const app = new Vivace();
    await expect(app.run(report)).resolves.toBe('report by session');
    expect(log).toEqual(['open session', 'close session']);
    await expect(app.run(report, { overrides: [override(session, () => 'fake')] })).resolves.toBe(
      'report by fake',
    );
  });

  it('throws the error of the job into what it opened', async () => {
    const log: string[] = [];
    const session = noted('session', log);
    const job = dependency({ session }, () => {
      throw new Broken('half done');
    });
    await expect(new Vivace().run(job)).rejects.toThrow('half done');
    expect(log).toEqual(['open session', 'session sees half done', 'close session']);
  });

  it('refuses a job that needs a request', async () => {
    const { Query } = await import('vivace');
    const job = dependency({ q: Query(String) }, ({ q }) => q);
    await expect(new Vivace().run(job)).rejects.toThrow(
      "job needs the query 'q' of a request, which there is none of in a job outside HTTP",
    );
  });
});
