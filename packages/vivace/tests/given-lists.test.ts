import { Controller, Get, Vivace, type int } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';

class Hero {
  id!: int;
  secret?: string;
}
class Shown {
  id!: int;
}
/** As the collections of ORMs are. */
class Collection<T> {
  constructor(private readonly items: readonly T[]) {}
  *[Symbol.iterator](): Generator<T> {
    yield* this.items;
  }
}
const HEROES: readonly Hero[] = [{ id: 1, secret: 'x' }, { id: 2 }];
function* heroes(): Generator<Hero> {
  yield* HEROES;
}

/** Where a list is declared, it may be given as any of these. */
const lists: Readonly<Record<string, () => unknown>> = {
  'an array': () => HEROES,
  'a set': () => new Set(HEROES),
  'a collection': () => new Collection(HEROES),
  'a generator': heroes,
  'an iterator': () => HEROES.values(),
  'the values of a map': () => new Map([...HEROES].map((hero) => [hero.id, hero])).values(),
};
/** Going through them gives something else than their items. */
const others: Readonly<Record<string, () => unknown>> = {
  'a text': () => 'ab',
  'a map': () => new Map([...HEROES].map((hero) => [hero.id, hero])),
  'the bytes of a list': () => new Uint8Array([1, 2]),
  'a buffer': () => Buffer.from([1, 2]),
};
let given: unknown;

@Controller()
class Declared {
  @Get('/list') list(): Shown[] {
    return given as Shown[];
  }
  @Get('/iterable') iterable(): Iterable<Shown> {
    return given as Shown[];
  }
  @Get('/set') set(): Set<Shown> {
    return given as Set<Shown>;
  }
  @Get('/iterator') iterator(): IterableIterator<Shown> {
    return given as IterableIterator<Shown>;
  }
  @Get('/promised') async promised(): Promise<Iterable<Shown>> {
    return given as Shown[];
  }
  @Get('/field') field(): { heroes: Shown[] } {
    return { heroes: given as Shown[] };
  }
  @Get('/either') either(): { none: true } | Shown[] {
    return given as Shown[];
  }
  @Get('/later') async later(): Promise<Shown[]> {
    return given as Shown[];
  }
}

@Controller('/inferred')
class Inferred {
  @Get('/collection') collection() {
    return { heroes: new Collection(HEROES) as Iterable<Hero> };
  }
  @Get('/iterator') iterator() {
    return HEROES.values();
  }
}

describe('a list in an answer', () => {
  let client: TestClient;
  beforeAll(async () => {
    client = await testClient(
      new Vivace({ controllers: [Declared, Inferred], logger: { level: 'silent' } }),
      { raiseErrors: false },
    );
  });
  afterAll(() => client.close());

  const SHOWN = [{ id: 1 }, { id: 2 }];

  it.each(Object.keys(lists))(
    'may be given as %s, of which only what is declared leaves',
    async (kind) => {
      for (const path of [
        '/list',
        '/iterable',
        '/set',
        '/either',
        '/later',
        '/iterator',
        '/promised',
      ]) {
        given = lists[kind]!();
        expect([path, (await client.get(path)).json()]).toEqual([path, SHOWN]);
      }
      given = lists[kind]!();
      expect((await client.get('/field')).json()).toEqual({ heroes: SHOWN });
    },
  );

  it.each(Object.keys(others))('is not %s', async (kind) => {
    for (const path of ['/list', '/iterable', '/set', '/field']) {
      given = others[kind]!();
      expect([path, (await client.get(path)).status]).toEqual([path, 500]);
    }
  });

  it('is inferred as well', async () => {
    expect((await client.get('/inferred/collection')).json()).toEqual({ heroes: HEROES });
    expect((await client.get('/inferred/iterator')).json()).toEqual(HEROES);
  });
});
