import {
  BackgroundTasks,
  Controller,
  Get,
  HTTPException,
  Post,
  Reply,
  Vivace,
  dependency,
  on,
  type Middleware,
  type Server,
} from 'vivace';
import { JSONResponse, PlainTextResponse, Response, StreamingResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { Log } from './reliability/wire';

const trail: string[] = [];

/** Notes when a request comes in, and what comes back. */
const mark =
  (name: string): Middleware =>
  async (_, next) => {
    trail.push(`> ${name}`);
    try {
      const response = await next();
      trail.push(`< ${name} ${response.status}`);
      response.headers.append('x-layers', name);
      return response;
    } catch (error) {
      trail.push(`! ${name} ${(error as Error).message}`);
      throw error;
    }
  };
const refuse: Middleware = () => {
  throw new HTTPException(403, 'Not today');
};

class Empty extends Error {}

const unit = dependency(
  async function* () {
    trail.push('open');
    yield 'unit';
    trail.push('close');
  },
  { scope: 'request' },
);

async function* items(): AsyncGenerator<string> {
  trail.push('item');
  yield '1\n';
  trail.push('item');
  yield '2\n';
}

@Controller('/things', {
  middleware: [mark('controller')],
  exceptions: [on(Empty, () => new JSONResponse('none', { status: 404 }))],
})
class Things {
  @Get('/plain')
  plain(reply: Reply): { ok: boolean } {
    reply.headers.set('x-handler', 'yes');
    return { ok: true };
  }
  @Get('/inner', { middleware: [mark('operation')] })
  inner(): null {
    return null;
  }
  @Get('/own')
  own(): Response {
    return new PlainTextResponse('mine', { status: 202 });
  }
  @Get('/missing')
  missing(): never {
    throw new HTTPException(404, 'Not here');
  }
  @Get('/empty')
  empty(): never {
    throw new Empty('empty');
  }
  @Get('/broken')
  broken(): never {
    throw new RangeError('boom');
  }
  @Get('/refused', { middleware: [mark('outside'), refuse] })
  refused(): null {
    return null;
  }
  @Post('/number')
  number(value: { n: number }): number {
    return value.n;
  }
  @Get('/stream')
  stream(): StreamingResponse {
    return new StreamingResponse(items());
  }
  @Get('/tasks', { dependencies: [unit] })
  tasks(tasks: BackgroundTasks): null {
    tasks.add(() => void trail.push('task'));
    return null;
  }
}

const app = new Vivace({ controllers: [Things], middleware: [mark('outer')] })
  .use(mark('inner'))
  .plugin((fastify) => {
    fastify.get('/plain-route', () => ({ plugin: true }));
    fastify.get('/plain-stream', (_, reply) =>
      reply.send(new globalThis.Response('from fetch', { status: 201 })),
    );
    fastify.get('/plain-broken', () => {
      throw new Error('secret');
    });
  });

let server: Server;
beforeAll(async () => void (server = await app.listen({ port: 0, handleSignals: false })));
afterAll(() => server.close());
beforeEach(() => void (trail.length = 0));

const call = (path: string, init?: RequestInit): Promise<globalThis.Response> =>
  fetch(server.url + path, init);

describe('middleware of application, controller and operation', () => {
  it('runs from the outside to the inside in written order, and back', async () => {
    const response = await call('/things/inner');
    const back = ['< operation 200', '< controller 200', '< inner 200', '< outer 200'];
    expect(trail).toEqual(['> outer', '> inner', '> controller', '> operation', ...back]);
    expect(response.headers.get('x-layers')).toBe('operation, controller, inner, outer');
  });

  it('sees what the handler said through Reply, and a response as it is', async () => {
    const plain = await call('/things/plain');
    expect([plain.status, plain.headers.get('x-handler'), await plain.json()]).toEqual([
      200,
      'yes',
      { ok: true },
    ]);
    const own = await call('/things/own');
    expect([own.status, await own.text(), own.headers.get('x-layers')]).toEqual([
      202,
      'mine',
      'controller, inner, outer',
    ]);
  });

  it('sees the responses to HTTP errors, to input that does not fit, and of exception handlers', async () => {
    for (const [path, status, body] of [
      ['/things/missing', 404, { detail: 'Not here' }],
      ['/things/empty', 404, 'none'],
    ] as const) {
      const response = await call(path);
      expect([response.status, response.headers.get('x-layers'), await response.json()]).toEqual([
        status,
        'controller, inner, outer',
        body,
      ]);
    }
    const json = { 'content-type': 'application/json' };
    const invalid = await call('/things/number', {
      method: 'POST',
      body: '{"n":"x"}',
      headers: json,
    });
    expect([invalid.status, invalid.headers.get('x-layers')]).toEqual([
      422,
      'controller, inner, outer',
    ]);
  });

  it('gets an error that nobody handles as an exception; only then it becomes a 500', async () => {
    const response = await call('/things/broken');
    expect([response.status, await response.json()]).toEqual([
      500,
      { detail: 'Internal Server Error' },
    ]);
    expect(trail.slice(3)).toEqual(['! controller boom', '! inner boom', '! outer boom']);
  });

  it('may answer with an error itself, which the layers around it see as a response', async () => {
    const response = await call('/things/refused');
    expect([response.status, await response.json()]).toEqual([403, { detail: 'Not today' }]);
    expect(response.headers.get('x-layers')).toBe('outside, controller, inner, outer');
  });

  it('lets streams pass: the response is there with its first item, the others follow', async () => {
    const response = await call('/things/stream');
    expect(await response.text()).toBe('1\n2\n');
    expect(trail.slice(3)).toEqual([
      'item',
      '< controller 200',
      '< inner 200',
      '< outer 200',
      'item',
    ]);
  });

  it('is done before background tasks and the clean-up of scope `request`', async () => {
    await call('/things/tasks');
    await (server as Server & { idle(): Promise<void> }).idle();
    const response = [
      '> outer',
      '> inner',
      '> controller',
      'open',
      '< controller 200',
      '< inner 200',
      '< outer 200',
    ];
    expect(trail).toEqual([...response, 'task', 'close']);
  });

  it('answers HEAD with the headers of GET', async () => {
    const response = await call('/things/plain', { method: 'HEAD' });
    expect([response.status, response.headers.get('x-layers'), await response.text()]).toEqual([
      200,
      'controller, inner, outer',
      '',
    ]);
  });
});

describe('middleware of the application', () => {
  it('stands around 404, redirects, the document and its pages', async () => {
    for (const [path, status] of [
      ['/nowhere', 404],
      ['/things/plain/', 307],
      ['/openapi.json', 200],
      ['/docs', 200],
      ['/docs-assets/swagger-ui.css', 200],
    ] as const) {
      const response = await call(path, { redirect: 'manual' });
      expect([
        path,
        response.status,
        response.headers.get('x-layers')?.endsWith('inner, outer'),
      ]).toEqual([path, status, true]);
    }
  });

  it('stands with that of the path around 405', async () => {
    const response = await call('/things/plain', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(response.headers.get('x-layers')).toBe('controller, inner, outer');
  });

  it('stands around the routes of plain Fastify plugins', async () => {
    const plain = await call('/plain-route');
    expect([plain.status, plain.headers.get('x-layers'), await plain.json()]).toEqual([
      200,
      'inner, outer',
      { plugin: true },
    ]);
    expect(trail).toEqual(['> outer', '> inner', '< inner 200', '< outer 200']);
    const broken = await call('/plain-broken');
    expect([broken.status, broken.headers.get('x-layers')]).toEqual([500, 'inner, outer']);
    const head = await call('/plain-route', { method: 'HEAD' });
    expect([head.status, head.headers.get('x-layers'), await head.text()]).toEqual([
      200,
      'inner, outer',
      '',
    ]);
  });

  it('can answer in the place of a plain route, and replace what it sent', async () => {
    const short = new Vivace({
      middleware: [() => new PlainTextResponse('closed', { status: 503 })],
    });
    const changed = new Vivace({
      middleware: [
        async (_, next) => {
          const { status } = await next();
          return new PlainTextResponse(`was ${status}`, { headers: { 'x-new': '1' } });
        },
      ],
    });
    const routes = [short, changed].map((one) =>
      one.plugin((fastify) =>
        fastify.get('/', (_, reply) => reply.header('x-old', '1').send({ a: 1 })),
      ),
    );
    await using first = await routes[0]!.listen({ port: 0, handleSignals: false });
    await using second = await routes[1]!.listen({ port: 0, handleSignals: false });
    const refused = await fetch(first.url!);
    expect([refused.status, await refused.text()]).toEqual([503, 'closed']);
    const replaced = await fetch(second.url!);
    expect([
      replaced.headers.get('x-old'),
      replaced.headers.get('x-new'),
      await replaced.text(),
    ]).toEqual([null, '1', 'was 200']);
  });

  it('a middleware that gives no response is a 500, not a hanging request', async () => {
    const forgetful = (async (_: unknown, next: () => Promise<unknown>) =>
      void (await next())) as unknown as Middleware;
    await using broken = await new Vivace({
      controllers: [Things],
      middleware: [forgetful],
    }).listen({ port: 0, handleSignals: false });
    expect((await fetch(`${broken.url}/things/plain`)).status).toBe(500);
  });
});

describe('the response that middleware gets', () => {
  class Receipt extends PlainTextResponse {
    readonly #total: number;
    constructor(total: number) {
      super(`total ${total}`);
      this.#total = total;
    }
    get total(): number {
      return this.#total;
    }
    double(): number {
      return this.#total * 2;
    }
  }
  const shared = new Receipt(7);
  let made: Receipt | undefined;
  @Controller('/receipts')
  class Receipts {
    @Get('/own') own(): Receipt {
      return (made = new Receipt(1));
    }
    @Get('/shared') shared(): Receipt {
      return shared;
    }
  }

  it('is the very object that was returned, with its private fields', async () => {
    const seen: unknown[] = [];
    const inner: Middleware = async (_, next) => {
      const response = (await next()) as Receipt;
      seen.push(response, response.total);
      return response;
    };
    const outer: Middleware = async (_, next) => {
      const response = await next();
      seen.push(response);
      response.status = 202;
      return response;
    };
    await using client = await testClient(
      new Vivace({ controllers: [Receipts], middleware: [outer, inner] }),
    );
    const answer = await client.get('/receipts/own');
    expect([answer.status, answer.text]).toEqual([202, 'total 1']);
    expect(seen).toEqual([made, 1, made]);
    expect(seen.every((one) => one === 1 || one === made)).toBe(true);
  });

  it('is no other request’s, whichever object the program returns', async () => {
    let count = 0;
    const visitor: Middleware = async (_, next) => {
      const response = (await next()) as Receipt;
      count += 1;
      expect(response).toBeInstanceOf(Receipt);
      expect([response.total, response.double(), response.status]).toEqual([7, 14, 200]);
      response.status = 200 + count;
      response.setCookie('visitor', String(count));
      // The next one comes while this one is under way.
      await new Promise((resolve) => setImmediate(resolve));
      return response;
    };
    await using client = await testClient(
      new Vivace({ controllers: [Receipts], middleware: [visitor] }),
    );
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.get('/receipts/shared')),
    );
    const cookies = answers.map(({ headers }) => headers.getSetCookie());
    expect(cookies.map((each) => each.length)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(cookies.flat()).size).toBe(5);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 202, 203, 204, 205]);
    const texts = answers.filter(({ status }) => status < 204).map(({ text }) => text);
    expect(texts).toEqual(['total 7', 'total 7', 'total 7']);
  });
});

describe('next()', () => {
  const runs: string[] = [];
  @Controller('/counts')
  class Counts {
    @Get('/') now(): string {
      runs.push('handler');
      return 'x';
    }
    @Get('/refused') refused(): void {
      throw new HTTPException(404);
    }
  }

  it('runs what is inside once: a second call is an error', async () => {
    const log = new Log();
    const twice: Middleware = async function retrying(_, next) {
      await next();
      return next();
    };
    await using client = await testClient(
      new Vivace({ controllers: [Counts], middleware: [twice], logger: log.options }),
      { raiseErrors: false },
    );
    expect((await client.get('/counts/')).status).toBe(500);
    expect(runs).toEqual(['handler']);
    const { err } = await log.line('Unhandled error');
    expect(err).toMatchObject({
      message: expect.stringMatching(/retrying called next\(\) a second/),
    });
  });

  it('of an exception handler, too', async () => {
    const twice = on(404, async (_, __, next) => {
      await next();
      return next();
    });
    await using client = await testClient(
      new Vivace({ controllers: [Counts], exceptions: [twice] }),
      { raiseErrors: false },
    );
    expect((await client.get('/counts/refused')).status).toBe(500);
  });
});
