import { connect } from 'node:net';
import {
  Body,
  Controller,
  Depends,
  Get,
  HTTPException,
  Post,
  RequestValidationError,
  Vivace,
  dependency,
  int,
  on,
  type Middleware,
  type VivaceOptions,
} from 'vivace';
import { JSONResponse, PlainTextResponse } from 'vivace/responses';
import { ask, Log, type Asked } from './wire';

class NotFound extends Error {}
class ItemNotFound extends NotFound {}
class Item {
  name!: string;
}
const circular: Record<string, unknown> = {};
circular['self'] = circular;

@Controller('/items', {
  exceptions: [
    on(
      NotFound,
      (error) => new JSONResponse({ from: 'controller', what: error.message }, { status: 404 }),
    ),
    on(418, async (_error, _request, next) => {
      const response = await next();
      response.headers.set('x-tea', 'yes');
      return response;
    }),
    on(TypeError, () => {
      throw new Error('the handler of errors has a mistake');
    }),
    on(RangeError, () => {
      throw new HTTPException(409, 'translated');
    }),
  ],
})
class Items {
  @Get('/missing')
  missing(): void {
    throw new ItemNotFound('pen');
  }
  @Get('/tea')
  tea(): void {
    throw new HTTPException(418, { short: 'and stout' }, { headers: { 'x-spout': 'left' } });
  }
  @Get('/type')
  type(): void {
    throw new TypeError('secret');
  }
  @Get('/range')
  range(): void {
    throw new RangeError('secret');
  }
  @Get('/syntax', {
    exceptions: [on(SyntaxError, () => new JSONResponse({ from: 'operation' }, { status: 400 }))],
  })
  syntax(): void {
    throw new SyntaxError('secret');
  }
  @Get('/bug')
  bug(): void {
    throw new Error('password is 1234');
  }
  @Post('/')
  create(item: Item): Item {
    return item;
  }
}

@Controller('/answers')
class Answers {
  @Get('/returned')
  returned(): Item | HTTPException {
    return new HTTPException(402, 'pay first');
  }
  @Get('/no-content')
  noContent(): void {
    throw new HTTPException(204, 'never sent');
  }
  @Get('/not-modified')
  notModified(): void {
    throw new HTTPException(304, undefined, { headers: { etag: '"1"' } });
  }
  @Get('/circular')
  circular(): unknown {
    return circular;
  }
  @Get('/misfit')
  misfit(): Item {
    return { name: 7 as never };
  }
  @Get('/nan')
  nan(): number {
    return Number.NaN;
  }
  @Get('/status')
  status(): PlainTextResponse {
    return new PlainTextResponse('x', { status: 42 });
  }
  @Get('/split')
  split(): void {
    throw new HTTPException(400, 'x', { headers: { 'x-echo': 'a\r\nset-cookie: b=c' } });
  }
  @Get('/throw/:what')
  async throwAnything(what: string): Promise<void> {
    const values: Record<string, unknown> = {
      string: 'secret',
      null: null,
      undefined,
      object: { statusCode: 200, code: 'FST_X' },
      number: 404,
    };
    throw values[what];
  }
  @Post('/')
  create(item: Item): Item {
    return item;
  }
  @Post('/small', { bodyLimit: 8 })
  small(@Body() item: Item): Item {
    return item;
  }
  @Get('/slow')
  async slow(): Promise<void> {
    await new Promise(() => {});
  }
  @Get('/:number')
  number(number: int): int {
    return number;
  }
}

const listen = (options: VivaceOptions) =>
  new Vivace(options).listen({ port: 0, handleSignals: false });

async function answersOf(
  options: VivaceOptions,
  requests: readonly (readonly [path: string, asked?: Asked])[],
) {
  await using server = await listen(options);
  await using hurried = await listen({ ...options, timeouts: { handler: 0.05 } });
  const answers = [];
  for (const [path, asked] of requests) {
    const answer = await ask(path.endsWith('/slow') ? hurried : server, path, asked);
    answers.push({
      status: answer.status,
      headers: answer.headers,
      text: (await answer.end()).text,
    });
  }
  return answers;
}

describe('exception handlers', () => {
  const app = (exceptions: VivaceOptions['exceptions'] = []) => ({
    controllers: [Items],
    exceptions,
  });

  it('answer by the nearest class, and of equal ones by the nearest place', async () => {
    const exceptions = [
      on(ItemNotFound, async (_error, _request, next) => {
        const response = await next();
        response.headers.set('x-application', 'yes');
        return response;
      }),
      on(NotFound, () => new JSONResponse({ from: 'application' })),
    ];
    const [missing, syntax] = await answersOf(app(exceptions), [
      ['/items/missing'],
      ['/items/syntax'],
    ]);
    expect([missing!.status, missing!.headers['x-application'], missing!.text]).toEqual([
      404,
      'yes',
      '{"from":"controller","what":"pen"}',
    ]);
    expect([syntax!.status, syntax!.text]).toEqual([400, '{"from":"operation"}']);
  });

  it('answer by status, with next() for what there would be without them', async () => {
    const [tea] = await answersOf(app(), [['/items/tea']]);
    expect([tea!.status, tea!.headers['x-tea'], tea!.headers['x-spout'], tea!.text]).toEqual([
      418,
      'yes',
      'left',
      '{"detail":{"short":"and stout"}}',
    ]);
  });

  it('may throw: an HTTPException is the answer, anything else is logged with the error that it was to answer', async () => {
    const log = new Log();
    const [range, type] = await answersOf({ ...app(), logger: log.options }, [
      ['/items/range'],
      ['/items/type'],
    ]);
    expect([range!.status, range!.text]).toEqual([409, '{"detail":"translated"}']);
    expect([type!.status, type!.text]).toEqual([500, '{"detail":"Internal Server Error"}']);
    expect(await log.line('Unhandled error')).toMatchObject({
      err: { message: 'the handler of errors has a mistake' },
    });
    expect(await log.line('The exception handler of this error failed')).toMatchObject({
      err: { type: 'TypeError', message: 'secret' },
    });
  });

  it.each([
    ['its error', (error: Error) => error],
    ['another refusal', () => new RequestValidationError([])],
    ['another error', () => new Error('secret')],
  ])('that throws %s is a 500, whose answer nobody else gives', async (_, make) => {
    const log = new Log();
    const exceptions = [
      on(RequestValidationError, (error) => {
        throw make(error);
      }),
    ];
    const [answer] = await answersOf({ ...app(exceptions), logger: log.options }, [
      ['/items/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
    ]);
    expect([answer!.status, answer!.text]).toEqual([500, '{"detail":"Internal Server Error"}']);
    expect(log.lines.filter(({ msg }) => msg === 'Unhandled error')).toHaveLength(1);
  });

  it('see 404 and 405 of the framework', async () => {
    const exceptions = [
      on(
        404,
        (error, request) =>
          new JSONResponse({ path: request.path, said: error.message }, { status: 404 }),
      ),
      on(HTTPException, ({ status, headers }) => new JSONResponse({ status }, { status, headers })),
    ];
    const [nowhere, wrong] = await answersOf(app(exceptions), [
      ['/nowhere'],
      ['/items/tea', { method: 'DELETE' }],
    ]);
    expect([nowhere!.status, nowhere!.text]).toEqual([
      404,
      '{"path":"/nowhere","said":"Not Found"}',
    ]);
    expect([wrong!.status, wrong!.headers.allow, wrong!.text]).toEqual([
      405,
      'GET, HEAD',
      '{"status":405}',
    ]);
  });

  it('may catch all errors that nobody expects, which are logged all the same', async () => {
    for (const rule of [
      on(Error, (error) => new JSONResponse({ oops: error.message.length }, { status: 500 })),
      on(
        500,
        (error) =>
          new JSONResponse({ oops: (error.cause as Error).message.length }, { status: 500 }),
      ),
    ]) {
      const log = new Log();
      const [bug] = await answersOf({ ...app([rule]), logger: log.options }, [['/items/bug']]);
      expect([bug!.status, bug!.text]).toEqual([500, '{"oops":16}']);
      expect(await log.line('Unhandled error')).toMatchObject({
        err: { message: 'password is 1234' },
      });
    }
  });
});

describe('errors that nobody handles', () => {
  it('say nothing of the program, and name the request that the log knows', async () => {
    const log = new Log();
    const paths = [
      'circular',
      'misfit',
      'nan',
      'status',
      'split',
      ...['string', 'null', 'undefined', 'object', 'number'].map((what) => `throw/${what}`),
    ];
    const answers = await answersOf(
      { controllers: [Answers], logger: log.options },
      paths.map((path) => [`/answers/${path}`]),
    );
    for (const [index, { status, headers, text }] of answers.entries()) {
      expect([paths[index], status, text]).toEqual([
        paths[index],
        500,
        '{"detail":"Internal Server Error"}',
      ]);
      expect(headers['content-type']).toBe('application/json');
      expect(log.lines.map(({ reqId }) => reqId)).toContain(headers['x-request-id']);
    }
  });

  it('are logged with what a response model lacks, and without the values', async () => {
    const log = new Log();
    await answersOf({ controllers: [Answers], logger: log.options }, [['/answers/misfit']]);
    const { err, operation } = await log.line('Unhandled error');
    expect(err).toMatchObject({
      type: 'ResponseValidationError',
      message: 'response.name: Input should be a valid string',
    });
    expect(err).not.toHaveProperty('issues');
    expect(operation).toMatch(/GET \/answers\/misfit: Answers\.misfit/);
  });

  it('leave dependencies cleaned up and the server fast, however many there are', async () => {
    let open = 0;
    const session = dependency(function* () {
      open += 1;
      try {
        yield open;
      } finally {
        open -= 1;
      }
    });
    @Controller()
    class Storm {
      @Get('/')
      async storm(@Depends(session) _session: number): Promise<void> {
        throw new Error('storm');
      }
    }
    await using server = await listen({ controllers: [Storm] });
    const answers = await Promise.all(Array.from({ length: 200 }, () => fetch(`${server.url}/`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([500]));
    expect(open).toBe(0);
  });
});

describe('an HTTPException', () => {
  it('means the same returned as thrown', async () => {
    const [returned] = await answersOf({ controllers: [Answers] }, [['/answers/returned']]);
    expect([returned!.status, returned!.text]).toEqual([402, '{"detail":"pay first"}']);
  });

  it('has no body where its status has none', async () => {
    const [noContent, notModified] = await answersOf({ controllers: [Answers] }, [
      ['/answers/no-content'],
      ['/answers/not-modified'],
    ]);
    expect([noContent!.status, noContent!.text, noContent!.headers['content-type']]).toEqual([
      204,
      '',
      undefined,
    ]);
    expect([notModified!.status, notModified!.text, notModified!.headers.etag]).toEqual([
      304,
      '',
      '"1"',
    ]);
  });

  it('refuses a status that is none', () => {
    for (const status of [0, 99, 1000, 404.5, Number.NaN, '404' as never])
      expect(() => new HTTPException(status)).toThrow(RangeError);
  });
});

describe('problem details', () => {
  const json = { 'content-type': 'application/json' };
  const requests: readonly (readonly [path: string, asked?: Asked])[] = [
    ['/answers/returned'],
    ['/nowhere'],
    ['/answers/1', { method: 'DELETE' }],
    ['/answers/small', { method: 'POST', headers: json, body: '{"name":"too long"}' }],
    ['/answers/x'],
    ['/answers/circular'],
    ['/answers/slow'],
    ['/answers/%zz'],
  ];

  it('are the answer to every error, RFC 9457', async () => {
    const answers = await answersOf({ controllers: [Answers], errors: 'problem' }, requests);
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual(
      requests.map(() => 'application/problem+json'),
    );
    expect(answers.map(({ text }) => JSON.parse(text) as unknown)).toEqual([
      { type: 'about:blank', title: 'Payment Required', status: 402, detail: 'pay first' },
      { type: 'about:blank', title: 'Not Found', status: 404, detail: 'Not Found' },
      {
        type: 'about:blank',
        title: 'Method Not Allowed',
        status: 405,
        detail: 'Method Not Allowed',
      },
      { type: 'about:blank', title: 'Content Too Large', status: 413, detail: 'Content Too Large' },
      {
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The request does not fit.',
        errors: [expect.objectContaining({ type: 'int_parsing', loc: ['path', 'number'] })],
      },
      {
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        detail: 'Internal Server Error',
      },
      {
        type: 'about:blank',
        title: 'Service Unavailable',
        status: 503,
        detail: 'Service Unavailable',
      },
      { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'Bad Request' },
    ]);
  });

  it('put a detail that is no text beside it', async () => {
    const [tea] = await answersOf({ controllers: [Items], errors: 'problem' }, [['/items/tea']]);
    expect(JSON.parse(tea!.text)).toEqual({
      type: 'about:blank',
      title: "I'm a Teapot",
      status: 418,
      detail: "I'm a Teapot",
      extra: { short: 'and stout' },
    });
  });

  it('stand in the document', async () => {
    const { paths, components } = await new Vivace({
      controllers: [Answers],
      errors: 'problem',
    }).openapi();
    expect(paths['/answers/{number}']).toMatchObject({
      get: {
        responses: {
          422: {
            content: {
              'application/problem+json': {
                schema: { $ref: '#/components/schemas/ProblemDetails' },
              },
            },
          },
        },
      },
    });
    expect(Object.keys(components?.schemas ?? {})).toContain('ProblemDetails');
  });

  it('are the words of the default format without the switch, also for addresses that cannot be read', async () => {
    const answers = await answersOf({ controllers: [Answers] }, requests);
    expect(answers.map(({ status, text }) => [status, status === 422 ? '' : text])).toEqual([
      [402, '{"detail":"pay first"}'],
      [404, '{"detail":"Not Found"}'],
      [405, '{"detail":"Method Not Allowed"}'],
      [413, '{"detail":"Content Too Large"}'],
      [422, ''],
      [500, '{"detail":"Internal Server Error"}'],
      [503, '{"detail":"Service Unavailable"}'],
      [400, '{"detail":"Bad Request"}'],
    ]);
  });
});

describe('a handler that takes too long', () => {
  it('is answered 503, its signal is aborted, its clean-up sees the error when it ends, and it is named in the log', async () => {
    const events: string[] = [];
    const ended = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const session = dependency(async function* () {
      try {
        yield 'session';
        events.push('commit');
      } catch (error) {
        events.push(`rollback: ${String((error as HTTPException).status)}`);
        throw error;
      } finally {
        ended.resolve();
      }
    });
    @Controller()
    class Slow {
      @Get('/')
      async slow(@Depends(session) _session: string, signal: AbortSignal): Promise<string> {
        signal.addEventListener('abort', () => events.push('aborted'));
        await go.promise;
        events.push('done');
        return 'too late';
      }
    }
    const log = new Log();
    await using server = await listen({
      controllers: [Slow],
      timeouts: { handler: 0.02 },
      logger: log.options,
    });
    const answer = await ask(server, '/');
    expect([answer.status, (await answer.end()).text, events]).toEqual([
      503,
      '{"detail":"Service Unavailable"}',
      ['aborted'],
    ]);
    expect(await log.line('The handler takes too long')).toMatchObject({
      level: 40,
      operation: expect.stringContaining('Slow.slow'),
    });
    go.resolve();
    await ended.promise;
    expect(events).toEqual(['aborted', 'done', 'rollback: 503']);
  });
});

describe('middleware', () => {
  it('sees the answer to every error that somebody handles', async () => {
    const seen: number[] = [];
    const watch: Middleware = async (_request, next) => {
      const response = await next();
      seen.push(response.status);
      return response;
    };
    await answersOf(
      {
        controllers: [Items],
        middleware: [watch],
        exceptions: [on(500, () => new PlainTextResponse('sorry', { status: 500 }))],
      },
      [['/items/missing'], ['/items/bug'], ['/nowhere']],
    );
    expect(seen).toEqual([404, 500, 404]);
  });
});

describe('what is no HTTP', () => {
  it('is refused in the words of the application, and the connection is closed', async () => {
    await using server = await listen({ controllers: [Answers] });
    const { port } = new URL(server.url!);
    const socket = connect(Number(port), '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\nbad header\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(text).toMatch(/\{"detail":"Bad Request"\}$/);
  });
});
