import { ArrayUnique } from 'class-validator';
import {
  Body,
  Controller,
  FieldValidator,
  Get,
  Post,
  RequestValidationError,
  Vivace,
  unknown,
  WebSocket,
  WebSocketRoute,
  parse,
  type int,
} from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';

/** How often a part of the values was looked at. */
let looks = 0;
const looksFor = (run: () => unknown): number => {
  looks = 0;
  run();
  return looks;
};

class Numbers {
  @ArrayUnique() all: int[] = [];
}
class Item {
  id: int = 0;
}
class Keyed {
  @ArrayUnique(({ id }: Item) => {
    looks += 1;
    return id;
  })
  all: Item[] = [];
}

describe('lists of different items', () => {
  const many = Array.from({ length: 140_000 }, (_, id) => id);

  it('are told with few looks at each item', () => {
    const seen = new Proxy(many, {
      get: (target, key, receiver) => {
        looks += 1;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    expect(looksFor(() => parse(Numbers, { all: seen }))).toBeLessThan(8 * many.length);
    expect(() => parse(Numbers, { all: [...many, 7] })).toThrow(RequestValidationError);
    expect(() => parse(Numbers, { all: [0, -0] })).toThrow(RequestValidationError);
  });

  it('are told once for each by what a program tells them by', () => {
    const items = many.map((id) => ({ id }));
    expect(looksFor(() => parse(Keyed, { all: items }))).toBe(many.length);
    expect(() => parse(Keyed, { all: [{ id: 1 }, { id: 1 }] })).toThrow(RequestValidationError);
  });
});

/* DTOs that are alike: nothing but a whole reading tells them apart. */
class One {
  name: string = '';
  size?: int;
  child?: One | Two | null;
  children?: (One | Two)[];
  @FieldValidator('name')
  static look(value: unknown): unknown {
    looks += 1;
    return value;
  }
}
class Two {
  name: string = '';
  size?: int;
  other?: boolean;
  child?: One | Two | null;
  children?: (One | Two)[];
  @FieldValidator('name')
  static look(value: unknown): unknown {
    looks += 1;
    return value;
  }
}
class Root {
  root!: One | Two;
}

type Nested = Readonly<Record<string, unknown>>;
function below(levels: number, leaf: Nested, inside: (child: Nested) => Nested): Nested {
  let value = leaf;
  for (let level = 0; level < levels; level += 1) value = inside(value);
  return value;
}
const children = (leaf: Nested) => (levels: number) =>
  below(levels, leaf, (child) => ({ name: 'x', child }));
const lists = (leaf: Nested) => (levels: number) =>
  below(levels, leaf, (child) => ({ name: 'x', children: [child] }));
const counted = (): Nested =>
  Object.defineProperty({}, 'name', {
    enumerable: true,
    get: () => {
      looks += 1;
      return 'x';
    },
  });

@Controller()
class Routes {
  @Post('/') read(value: One | Two): int {
    return value.name.length;
  }
  @Post('/any') any(@Body() _: unknown) {}
  @Get('/') write(levels: int): One | Two {
    return below(levels, counted(), (child) => ({ ...counted(), child })) as unknown as One;
  }
  @Get('/deep') deep(): One {
    return children({ name: 'x' })(100_000) as unknown as One;
  }
  @WebSocketRoute('/socket') async socket(socket: WebSocket) {
    await socket.accept();
    await socket.receive(unknown);
    await socket.send('read');
    await socket.receive(unknown);
  }
}

describe('unions of alike DTOs that hold themselves', () => {
  let client: TestClient;
  beforeAll(async () => {
    client = await testClient(new Vivace({ controllers: [Routes], logger: false }));
  });
  afterAll(() => client.close());

  it.each([
    ['that fit', children({ name: 'x' })],
    ['that do not fit', children({ name: 'x', size: 'x' })],
    ['in lists that fit', lists({ name: 'x' })],
    ['in lists that do not fit', lists({ name: 'x', size: 'x' })],
  ])('%s are looked at as often at each level as at the one above', (_, nested) => {
    const read = (levels: number) => {
      const root = nested(levels);
      return looksFor(() => {
        try {
          parse(Root, { root });
        } catch (error) {
          if (!(error instanceof RequestValidationError)) throw error;
        }
      });
    };
    expect(read(60)).toBeLessThan(7 * read(10));
  });

  it('of a client that do not fit are answered with 422, and few of what all members say', async () => {
    const { status, body } = await client
      .post('/', { json: children({ name: 'x', size: 'x' })(50) })
      .then((answer) => ({ status: answer.status, body: answer.json<{ detail: unknown[] }>() }));
    expect([status, body.detail.length]).toEqual([422, 20]);
  });

  it('of an answer are looked at no more than once for each level above', async () => {
    const looked = async (levels: number): Promise<number> => {
      looks = 0;
      expect((await client.get(`/?levels=${levels}`)).status).toBe(200);
      return looks;
    };
    expect(await looked(40)).toBeLessThan(20 * (await looked(10)));
  });

  it('that are deeper than the stack are a fault of the program', async () => {
    await expect(client.get('/deep')).rejects.toThrow('nested too deeply');
    expect((await client.get('/?levels=1')).status).toBe(200);
  });

  it('in messages of a WebSocket stand no deeper than in bodies', async () => {
    const brackets = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    const body = (levels: number) =>
      client.post('/any', {
        body: brackets(levels),
        headers: { 'content-type': 'application/json' },
      });
    expect([(await body(64)).status, (await body(65)).status]).toEqual([200, 400]);
    const socket = await client.websocket('/socket');
    await socket.send(brackets(64));
    expect(await socket.receive()).toBe('read');
    await socket.send(brackets(65));
    await expect(socket.receive()).rejects.toThrow('JSON decode error');
  });
});
