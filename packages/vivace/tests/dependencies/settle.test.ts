import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  type Provided,
  type int,
} from 'vivace';
import { settle, succeeded } from 'vivace/extend';
import { testClient } from 'vivace/testing';

/** What happened, in order. */
let happened: string[];
/** What fails. */
let failing: string | undefined;
beforeEach(() => {
  happened = [];
  failing = undefined;
});

function note(what: string): void {
  happened.push(what);
  if (what === failing) throw new Error(what);
}

/** As a session of a database: an id is there when it was flushed. */
class Session {
  id: int | undefined;
  constructor(readonly name: string) {}
  async [settle](): Promise<void> {
    note(`settle ${this.name}`);
    await Promise.resolve();
    this.id = 7;
  }
  [succeeded](): void {
    note(`succeeded ${this.name}`);
  }
}

const opened = (name: string, options: { readonly scope?: 'request' } = {}) =>
  dependency(async function* () {
    const session = new Session(name);
    note(`open ${name}`);
    try {
      yield session;
      note(`commit ${name}`);
    } catch (error) {
      note(`rollback ${name}: ${(error as Error).message}`);
      throw error;
    }
  }, options);
const first = opened('first');
const second = opened('second');
const late = opened('late', { scope: 'request' });
type Opened = Provided<typeof first>;

class Row {
  id!: int;
}
/** Its getter tells when it is written. */
const row = (session: Session): Row => ({
  get id() {
    happened.push('write');
    return session.id as int;
  },
});

@Controller()
class Rows {
  @Get('/row') async row(@Depends(first) one: Opened, @Depends(second) _: Opened): Promise<Row> {
    note('handler');
    return row(one);
  }
  @Get('/sync') sync(@Depends(first) one: Opened): Row {
    return row(one);
  }
  @Get('/refused') refused(@Depends(first) _: Opened): Row {
    throw new HTTPException(409, 'taken');
  }
  @Get('/wrong') wrong(@Depends(first) _: Opened): Row {
    return { id: 'none' as unknown as int };
  }
  @Get('/stream') async *stream(@Depends(first) one: Opened): AsyncIterable<Row> {
    note('item');
    yield { id: one.id as int };
    yield { id: one.id as int };
  }
  @Get('/late') late(@Depends(late) one: Opened, @Depends(first) _: Opened): Row {
    return row(one);
  }
  @WebSocketRoute('/socket') async socket(socket: WebSocket, @Depends(first) _: Opened) {
    await socket.accept();
    await socket.send('hello');
    await socket.close();
  }
}
const logged: string[] = [];
const app = new Vivace({
  controllers: [Rows],
  logger: { level: 'error', stream: { write: (line: string) => void logged.push(line) } },
});

async function asked(path: string): Promise<{ status: number; body: string }> {
  await using client = await testClient(app, { raiseErrors: false });
  const { status, text } = await client.get(path);
  return { status, body: text };
}

describe('a value that settles', () => {
  test('settles between the handler and its answer, the last opened first, and hears of success before the answer is sent', async () => {
    expect(await asked('/row')).toEqual({ status: 200, body: '{"id":7}' });
    expect(happened).toEqual([
      'open first',
      'open second',
      'handler',
      'settle second',
      'settle first',
      'write',
      'commit second',
      'commit first',
      'succeeded second',
      'succeeded first',
    ]);
  });

  test('settles also after a handler that gives its result at once', async () => {
    expect(await asked('/sync')).toEqual({ status: 200, body: '{"id":7}' });
  });

  test.each([
    [
      'settle second',
      500,
      ['settle second', 'rollback second: settle second', 'rollback first: settle second'],
    ],
    [
      'settle first',
      500,
      [
        'settle second',
        'settle first',
        'rollback second: settle first',
        'rollback first: settle first',
      ],
    ],
    [
      'commit second',
      500,
      [
        'settle second',
        'settle first',
        'write',
        'commit second',
        'rollback second: commit second',
        'rollback first: commit second',
      ],
    ],
    [
      'commit first',
      500,
      [
        'settle second',
        'settle first',
        'write',
        'commit second',
        'commit first',
        'rollback first: commit first',
        // It has done what it has done.
        'succeeded second',
      ],
    ],
  ])(
    'that fails (%s) fails the handler, and is told of no success',
    async (point, status, rest) => {
      failing = point;
      expect(await asked('/row')).toMatchObject({ status });
      expect(happened.slice(3)).toEqual(rest);
    },
  );

  test('does not settle after a handler that throws', async () => {
    expect(await asked('/refused')).toMatchObject({ status: 409 });
    expect(happened).toEqual(['open first', 'rollback first: taken']);
  });

  test('rolls back where its answer does not fit', async () => {
    expect(await asked('/wrong')).toMatchObject({ status: 500 });
    expect(happened.slice(0, 2)).toEqual(['open first', 'settle first']);
    expect(happened.slice(2)).toEqual([expect.stringMatching(/^rollback first/)]);
  });

  test('settles before the first item of a stream, and hears of success at its end', async () => {
    expect(await asked('/stream')).toEqual({ status: 200, body: '{"id":7}\n{"id":7}\n' });
    expect(happened).toEqual([
      'open first',
      'settle first',
      'item',
      'commit first',
      'succeeded first',
    ]);
  });

  test('of the scope request settles with the others, and hears of success when it has closed', async () => {
    expect(await asked('/late')).toEqual({ status: 200, body: '{"id":7}' });
    expect(happened).toEqual([
      'open late',
      'open first',
      'settle first',
      'settle late',
      'write',
      'commit first',
      'succeeded first',
      'commit late',
      'succeeded late',
    ]);
  });

  test('whose success fails is logged, and the answer is sent all the same', async () => {
    failing = 'succeeded second';
    expect(await asked('/row')).toMatchObject({ status: 200 });
    expect(happened.at(-1)).toBe('succeeded first');
    expect(logged.join()).toContain('What follows success has failed');
  });

  test('settles after the handler of a WebSocket', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/socket');
    expect(await socket.receive()).toBe('hello');
    while (happened.length < 4) await new Promise(setImmediate);
    expect(happened).toEqual(['open first', 'settle first', 'commit first', 'succeeded first']);
  });

  test('settles in runs outside HTTP too', async () => {
    const job = dependency(
      { first },
      ({ first }) =>
        () =>
          first.id,
    );
    expect((await app.run(job))()).toBe(7);
    expect(happened).toEqual(['open first', 'settle first', 'commit first', 'succeeded first']);
    failing = 'settle first';
    await expect(app.run(job)).rejects.toThrow('settle first');
    expect(happened.at(-1)).toBe('rollback first: settle first');
  });
});

describe('the function of an operation', () => {
  test('asks for it only where something is closed again', async () => {
    @Controller()
    class Plain {
      @Get('/plain') plain(): string {
        return '';
      }
    }
    const both = new Vivace({ controllers: [Rows, Plain] });
    expect(await both.explain('GET /plain')).not.toContain('isUnsettled');
    expect(await both.explain('GET /sync')).toContain(
      'if (exchange.isUnsettled) await exchange.settle();',
    );
  });
});
