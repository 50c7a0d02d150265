import {
  BackgroundTasks,
  Controller,
  Depends,
  dependency,
  Get,
  HTTPException,
  Reply,
  Vivace,
  WebSocketRoute,
  type Middleware,
  type int,
  type WebSocket,
} from 'vivace';
import { testClient } from 'vivace/testing';
import { readableLine } from '../src/app/readable-log';

/** As a library does it: no frame of the program is on the stack. */
function foreignError(): Error {
  const error = new Error('connection lost');
  error.stack = [
    'Error: connection lost',
    '    at Socket.read (/shop/node_modules/driver/socket.js:1:2)',
    '    at Client.emit (/shop/node_modules/driver/client.js:3:4)',
    '    at a (/shop/node_modules/driver/a.js:5:6)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  ].join('\n');
  return error;
}

const session = dependency(async function* () {
  yield 'session';
  throw new Error('clean-up failed');
});
const broken = dependency(() => {
  throw new Error('dependency failed');
});

@Controller()
class Things {
  @Get('/handler') handler(): void {
    throw new Error('handler failed');
  }
  @Get('/later') async later(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('handler failed later');
  }
  @Get('/cause') cause(): void {
    throw new Error('order failed', { cause: new TypeError('no database') });
  }
  @Get('/many') many(): void {
    throw new AggregateError([new Error('first'), new Error('second')], 'all failed');
  }
  @Get('/gateway') gateway(): void {
    throw new HTTPException(502, undefined, { cause: new Error('the other one failed') });
  }
  @Get('/gone') gone(): void {
    throw new HTTPException(410, undefined, { cause: new Error('sold') });
  }
  @Get('/text') text(): void {
    throw 'just a text';
  }
  @Get('/foreign') foreign(): void {
    throw foreignError();
  }
  @Get('/dependency') dependency(@Depends(broken) value: string): string {
    return value;
  }
  @Get('/response') response(): int {
    return 'no number' as never;
  }
  @Get('/task') task(tasks: BackgroundTasks): void {
    tasks.add(function sendMail() {
      throw new Error('task failed');
    });
  }
  @Get('/clean-up') cleanUp(@Depends(session) value: string): string {
    return value;
  }
  @Get('/stream') async *stream(): AsyncIterable<int> {
    yield 1;
    throw new Error('stream failed');
  }
  @WebSocketRoute('/socket') async socket(socket: WebSocket): Promise<void> {
    await socket.accept();
    throw new Error('socket failed');
  }
}

const refuseDocs: Middleware = (request, next) => {
  if (request.path === '/docs') throw new Error('middleware failed');
  return next();
};

/** What a person reads after a request, and the JSON line. */
async function logged(path: string): Promise<readonly [text: string, json: string]> {
  const lines: string[] = [];
  const logger = { level: 'warn', stream: { write: (line: string) => void lines.push(line) } };
  const app = new Vivace({ logger, controllers: [Things], middleware: [refuseDocs] });
  await using client = await testClient(app, { raiseErrors: false });
  if (path === '/socket') {
    await using socket = await client.websocket(path);
    await socket.receive().catch(() => {});
  } else await client.get(path).catch(() => {});
  return [lines.map(readableLine).join(''), lines.join('')];
}

const HERE = 'tests/error-log.test.ts';
const firstFrame = (text: string): string | undefined => /^ *at .*$/m.exec(text)?.[0];

describe('an error that nobody expected, on a terminal', () => {
  it.each([
    ['/handler', 'Unhandled error', 'Error: handler failed', 'handler'],
    ['/later', 'Unhandled error', 'Error: handler failed later', 'later'],
    ['/cause', 'Unhandled error', 'caused by: TypeError: no database', 'cause'],
    ['/many', 'Unhandled error', '  Error: second', 'many'],
    ['/dependency', 'Unhandled error', 'Error: dependency failed', 'dependency'],
    ['/task', 'A background task failed', 'Error: task failed', 'task'],
    ['/clean-up', 'Unhandled error', 'Error: clean-up failed', 'cleanUp'],
    ['/stream', 'Unhandled error', 'Error: stream failed', 'stream'],
    ['/socket', 'Unhandled error', 'Error: socket failed', 'socket'],
  ])(
    'names the operation and the line of the program: %s',
    async (path, message, error, method) => {
      const [text] = await logged(path);
      const [head] = text.split('\n');
      expect(head).toMatch(
        new RegExp(
          `^[\\d:]{8} error ${message} in (GET|WEBSOCKET) ${path}: Things\\.${method} \\(.*${HERE}:\\d+\\)`,
        ),
      );
      expect(text).toContain(`\n${error}\n`);
      expect(firstFrame(text)).toContain(HERE);
      expect(text).not.toMatch(/^ *at .*(?:node_modules|node:|packages\/vivace\/src)/m);
    },
  );

  it('where there is no operation names the path', async () => {
    const [text] = await logged('/docs');
    expect(text).toContain('error Unhandled error in GET /docs\nError: middleware failed\n');
    expect(firstFrame(text)).toContain(HERE);
  });

  it('as it is why an answer is 502 is logged as its cause, and no reason of a 410 is', async () => {
    const [text] = await logged('/gateway');
    expect(text).toContain('error Answered with 502 in GET /gateway: Things.gateway');
    expect(text).toContain('caused by: Error: the other one failed');
    expect(await logged('/gone')).toEqual(['', '']);
  });

  it('that is no Error is shown', async () =>
    expect((await logged('/text'))[0]).toContain("'just a text' was thrown\n"));

  it('moves no cursor, whatever a client has sent', () => {
    const line = {
      level: 50,
      time: 0,
      msg: 'no \x1b[2J\r\x9b',
      err: { stack: 'Error: \x07\n\tat x' },
    };
    expect(readableLine(JSON.stringify(line))).toBe(
      '00:00:00 error no \\x1b[2J\\x0d\\x9b\nError: \\x07\n\tat x\n',
    );
  });

  it('without a frame of the program shows where it came from', async () => {
    const [text] = await logged('/foreign');
    expect(text).toContain(': Things.foreign (');
    expect(firstFrame(text)).toContain('at Socket.read (/shop/node_modules/driver/socket.js:1:2)');
    expect(text).toContain('… and 1 of packages and of Node');
  });

  it('of an answer that does not fit its type names the operation', async () =>
    expect((await logged('/response'))[0]).toContain(': Things.response ('));

  it('says which task failed', async () =>
    expect((await logged('/task'))[0]).toContain("task: 'sendMail'"));

  it('is whole in the JSON log', async () => {
    const [, json] = await logged('/cause');
    const { err, operation } = JSON.parse(json) as { err: { stack: string }; operation: string };
    expect(operation).toContain('GET /cause: Things.cause');
    expect(err.stack).toContain('caused by: TypeError: no database');
    expect(err.stack).toMatch(/packages.vivace.src/);
  });
});

describe('a frame', () => {
  const frames = (stack: string): string =>
    readableLine(JSON.stringify({ level: 50, time: 0, msg: '', err: { stack } }));
  it.each([
    [`    at read (${process.cwd()}/src/app.ts:1:2)`, '    at read (src/app.ts:1:2)'],
    [`    at file://${process.cwd()}/src/app.ts:1:2`, '    at src/app.ts:1:2'],
    [`    at async file://${process.cwd()}/src/a%20b.ts:1:2`, '    at async src/a b.ts:1:2'],
    ['    at new Shop (/other/shop.ts:1:2)', '    at new Shop (/other/shop.ts:1:2)'],
  ])('of the program is shown by its path: %s', (frame, shown) =>
    expect(
      frames(`Error: x\n    at Fastify (/a/node_modules/fastify/f.js:1:1)\n${frame}`),
    ).toContain(`Error: x\n${shown}\n    … and 1 of packages and of Node\n`),
  );
});
