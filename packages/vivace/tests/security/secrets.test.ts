import { MinLength } from 'class-validator';
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  dictionary,
  integer,
  letrec,
  oneof,
  option,
} from 'fast-check';
import { inspect } from 'node:util';
import {
  BackgroundTasks,
  Body,
  Controller,
  FieldValidator,
  Form,
  Model,
  Post,
  Query,
  RequestValidationError,
  Secret,
  Vivace,
  WebSocket,
  WebSocketRoute,
  int,
  parse,
} from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { Log } from '../reliability/wire';

const SECRET = 'hunter2';

class Item {
  n!: int;
}
class Login {
  n!: int;
  password!: Secret;
}
@Model({ extra: 'forbid' })
class Strict {
  n!: int;
  password!: Secret;
}
class Quoting {
  @MinLength(20, { message: '$value is too short' }) password!: Secret;
}
class Prepared {
  @FieldValidator('login', { mode: 'before' })
  static wrapped(value: unknown): unknown {
    return { wrapped: value };
  }
  login!: Login;
}
class Tree {
  n!: int;
  key?: Secret;
  below?: Tree;
}
class Everything {
  n!: int;
  item!: Item;
  one!: Login;
  strict!: Strict;
  many!: Login[];
  named!: Record<string, Login>;
  pair!: [int, Login];
  either!: Item | Login;
  some!: int | Login;
  bare!: Secret;
  code!: Secret<int>;
  tree!: Tree;
  prepared!: Prepared;
}

@Controller()
class Routes {
  @Post('/login') login(login: Login) {
    return login.n;
  }
  @Post('/keyed') keyed(@Body() login: Login, @Body() item: Item) {
    return [login.n, item.n];
  }
  @Post('/form') form(@Form() login: Login) {
    return login.n;
  }
  @Post('/query') query(@Query() login: Login) {
    return login.n;
  }
  @Post('/strict') strict(login: Strict) {
    return login.n;
  }
  @Post('/quoting') quoting(quoting: Quoting) {
    return quoting.password.reveal();
  }
  @Post('/everything') everything(everything: Everything) {
    return everything.n;
  }
  @Post('/later') later(tasks: BackgroundTasks, @Body() body: unknown) {
    tasks.add(function parseLater() {
      parse(Login, body);
    });
  }
  @WebSocketRoute('/socket') async socket(socket: WebSocket) {
    await socket.receive(Login);
  }
}

const log = new Log();
let client: TestClient;
beforeAll(async () => {
  client = await testClient(new Vivace({ controllers: [Routes], logger: log.options }));
});
afterAll(() => client.close());

describe('a secret is not echoed', () => {
  test.each<[string, string, Parameters<TestClient['post']>[1]]>([
    ['a list in the place of the object', '/login', { json: [{ n: 1, password: SECRET }] }],
    ['a text in its place', '/login', { json: `password=${SECRET}` }],
    ['a number in its place', '/login', { json: 7_654_321 }],
    ['a body of plain text', '/login', { body: SECRET, headers: { 'content-type': 'text/plain' } }],
    [
      'a body that is no JSON',
      '/login',
      { body: `{"password":"${SECRET}"`, headers: { 'content-type': 'application/json' } },
    ],
    ['a body without a type', '/login', { body: `{"password":"${SECRET}"}` }],
    ['a misspelt name', '/login', { json: { n: 1, pasword: SECRET } }],
    ['a misspelt name that is refused', '/strict', { json: { n: 1, pasword: SECRET } }],
    ['an object inside the secret', '/login', { json: { n: 1, password: { old: SECRET } } }],
    ['a list of secrets', '/login', { json: { n: 'x', password: [SECRET, SECRET] } }],
    ['an object in an object', '/login', { json: { login: { n: 1, password: SECRET } } }],
    [
      'a keyed body in a list',
      '/keyed',
      { json: { login: [{ password: SECRET }], item: { n: 1 } } },
    ],
    ['a keyed body as text', '/keyed', { json: { login: SECRET, item: { n: 'x' } } }],
    ['a form', '/form', { form: { pasword: SECRET, n: 'x' } }],
    [
      'a form in several parts',
      '/form',
      { form: { password: SECRET }, files: { n: { filename: 'n', content: SECRET } } },
    ],
    ['a query', `/query?pasword=${SECRET}&n=x`, {}],
    ['words of the program that quote it', '/quoting', { json: { password: SECRET } }],
  ])('%s', async (_, path, sent) => {
    log.lines.length = 0;
    const answer = await client.post(path, sent);
    expect([answer.status, answer.text]).toEqual([422, expect.not.stringContaining(SECRET)]);
    expect(answer.text).not.toContain('7654321');
    expect(JSON.stringify(log.lines)).not.toContain(SECRET);
  });

  test('what was read beside it is shown all the same', async () => {
    const answer = await client.post('/login', { json: { n: 'seven', password: SECRET } });
    expect(answer.json()).toMatchObject({ detail: [{ loc: ['body', 'n'], input: 'seven' }] });
    const missing = await client.post('/login', { json: { n: 7, other: 1 } });
    expect(missing.json()).toMatchObject({
      detail: [{ type: 'missing', input: { n: 7, other: '**********' } }],
    });
  });

  test('wherever it stands in whatever is sent', async () => {
    const keys = [
      'item',
      'one',
      'strict',
      'many',
      'named',
      'pair',
      'either',
      'some',
      'bare',
      'code',
    ];
    const name = constantFrom(
      ...keys,
      'tree',
      'prepared',
      'login',
      'below',
      'key',
      'password',
      'x',
    );
    const { value } = letrec<{ value: unknown; object: unknown }>((tie) => ({
      value: oneof(
        { depthSize: 'medium' },
        constant(SECRET),
        constantFrom<unknown>(1, null, true, {}),
        array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: dictionary(name, tie('value'), { maxKeys: 6 }).chain((parts) =>
        // What is read as something else may be shown.
        option(integer(), { nil: 'seven' as never }).map((n) => ({ ...parts, n })),
      ),
    }));
    await assert(
      asyncProperty(value, async (json) => {
        const answer = await client.post('/everything', { json });
        expect(answer.status).toBe(422);
        expect(answer.text).not.toContain(SECRET);
      }),
      { seed: 20261129, numRuns: 500 },
    );
  });

  test('a message of a WebSocket', async () => {
    for (const message of [[{ password: SECRET }], SECRET, { pasword: SECRET }]) {
      await using socket = await client.websocket('/socket');
      await socket.sendJson(message);
      await expect(socket.receive()).rejects.toThrow(expect.not.stringContaining(SECRET) as never);
    }
  });
});

describe('a secret is not logged', () => {
  test('by a task that parses', async () => {
    log.lines.length = 0;
    await client.post('/later', { json: [{ n: 1, password: SECRET }] });
    await client.post('/later', { json: { n: 1, pasword: SECRET } });
    await log.line('A background task failed');
    expect(log.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(log.lines)).not.toContain(SECRET);
  });

  test('with the error of a body, which keeps it for the program', () => {
    let error: unknown;
    try {
      parse(Login, [{ password: SECRET }]);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(RequestValidationError);
    expect((error as RequestValidationError).body).toEqual([{ password: SECRET }]);
    for (const text of [inspect(error, { depth: 9 }), JSON.stringify(error), String(error)])
      expect(text).not.toContain(SECRET);
  });
});

describe('a refusal is not larger than the request was wrong', () => {
  class Free {
    named!: Record<string, int>;
    either!: { kind: 'a'; n: int } | { kind: 'b'; n: int };
  }
  @Controller()
  class Frees {
    @Post('/') add(free: Free) {
      return free.named;
    }
  }
  const long = 'n'.repeat(900_000);
  const deep = (depth: number): unknown => (depth === 0 ? 'x' : { below: deep(depth - 1) });

  test.each<[string, unknown]>([
    ['a long name', { named: { [long]: 'x' } }],
    [
      'many long names',
      {
        named: Object.fromEntries(
          Array.from({ length: 19 }, (_, i) => [`${i}${'\u0001'.repeat(9_000)}`, 'x']),
        ),
      },
    ],
    ['a long tag', { named: {}, either: { kind: long } }],
    ['a deep place', { named: deep(60) }],
  ])('%s', async (_, json) => {
    const lines = new Log();
    const app = new Vivace({ controllers: [Frees], logger: lines.options });
    await using free = await testClient(app);
    const answer = await free.post('/', { json });
    expect([answer.status, answer.text.length < 40_000]).toEqual([422, true]);
    let error: unknown;
    try {
      parse(Free, json);
    } catch (thrown) {
      error = thrown;
    }
    expect(String(error).length).toBeLessThan(300_000);
  });
});
