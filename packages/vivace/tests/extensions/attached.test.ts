import {
  Controller,
  dependency,
  Get,
  Header,
  Injectable,
  int,
  listOf,
  oneOf,
  pageOf,
  provide,
  Vivace,
  type Type,
} from 'vivace';
import {
  attach,
  attachedTo,
  AfterCommit,
  checkRoundTrip,
  declareEntry,
  describeMethod,
  shapeOf,
  type AttachedUse,
} from 'vivace/extend';
import { HTTPBearer } from 'vivace/security';
import { testClient } from 'vivace/testing';

abstract class Log {
  abstract readonly name: string;
}
const log = dependency((): Log => ({ name: 'log of the server' }), { lifetime: 'singleton' });
const uses: AttachedUse[] = [];
const Logged =
  () =>
  (target: object, _: string, descriptor: PropertyDescriptor): void => {
    attach(target, Log, (use) => uses.push(use));
    const method = descriptor.value as (...given: unknown[]) => string;
    descriptor.value = function (this: object, ...given: unknown[]): string {
      return `${attachedTo(this, Log)?.name}: ${method.apply(this, given)}`;
    };
  };

class Item {
  id!: int;
  at!: Date;
}
@Injectable()
class Greeter {
  greeting = 'hello';
}
@Injectable({ lifetime: 'singleton' })
class Shelf {
  @Logged() count(): string {
    return '3';
  }
}
@Injectable()
class Words {
  constructor(
    private readonly greeter: Greeter,
    private readonly shelf: Shelf,
    private readonly suffix = '!',
  ) {}
  @Logged() say(name: string): string {
    return `${this.greeter.greeting} ${name}${this.suffix} ${this.shelf.count()}`;
  }
  @Logged() async items(): Promise<Item[] | undefined> {
    return [];
  }
}
@Injectable()
class More extends Words {}
const bearer = new HTTPBearer();
const user = dependency({ bearer }, ({ bearer: { credentials } }) => credentials);
@Injectable()
class Own {
  constructor(private readonly words: More) {}
  @Logged() all(): string {
    return this.words.say('all');
  }
}
@Controller()
class Pages {
  constructor(private readonly more: More) {}
  @Get('/say') say(): string {
    return this.more.say('ann');
  }
  @Get('/lang') lang(@Header() accept: string): string {
    return accept;
  }
}

describe('what is attached to instances', () => {
  it('is given by the container, also to singletons and to classes that inherit', async () => {
    const app = new Vivace({ controllers: [Pages], provide: [provide(Log, log)] });
    await using client = await testClient(app);
    expect((await client.get('/say')).json()).toBe(
      'log of the server: hello ann! log of the server: 3',
    );
    expect(attachedTo(new Shelf(), Log)).toBeUndefined();
  });

  it('is judged before anything is opened: who may see what of a request', async () => {
    @Injectable()
    class Mine {
      constructor(
        readonly own: Own,
        readonly name: Named,
      ) {}
      @Logged() mine(): string {
        return this.own.all();
      }
    }
    @Controller()
    class Asking {
      constructor(private readonly mine: Mine) {}
      @Get('/') ask(): string {
        return this.mine.mine();
      }
    }
    uses.length = 0;
    const named = dependency({ user }, ({ user: name }): Named => ({ name }));
    const app = new Vivace({
      controllers: [Asking],
      provide: [provide(Log, log), provide(Named, named)],
    });
    await (await app.build()).close();
    expect(new Map(uses.map(({ type, readsRequest }) => [type.name, readsRequest]))).toEqual(
      new Map([
        ['Mine', "the security scheme 'HTTPBearer'"],
        ['Own', undefined],
        ['More', undefined],
        ['Shelf', undefined],
      ]),
    );
  });

  it('is judged so of what comes with each call of an entry point, too', async () => {
    @Injectable()
    class OfTurn {
      constructor(readonly turn: Turn) {}
      @Logged() number(): string {
        return String(this.turn.number);
      }
    }
    class Playing {
      constructor(private readonly of: OfTurn) {}
      play(): string {
        return this.of.number();
      }
    }
    declareEntry({ kind: 'job', target: Playing, method: 'play', options: {}, parts: [Turn] });
    uses.length = 0;
    const app = new Vivace({
      extensions: [{ name: 'game', entries: [Playing] }],
      provide: [provide(Log, log)],
    });
    await (await app.build()).close();
    expect(uses).toEqual([
      { type: OfTurn, readsRequest: 'the class Turn, another one in each call' },
    ]);
  });
});
abstract class Turn {
  abstract readonly number: int;
}
abstract class Named {
  abstract readonly name: string;
}

describe('a provision', () => {
  abstract class Unit {
    abstract readonly kind: string;
  }
  @Injectable()
  class OfRequest extends Unit {
    readonly kind: string;
    constructor(transaction?: AfterCommit) {
      super();
      this.kind = transaction === undefined ? 'of a request' : 'of a transaction';
    }
  }
  @Injectable({ lifetime: 'singleton' })
  class Lasting {
    constructor(readonly unit: Unit) {}
  }
  @Controller()
  class Kinds {
    @Get('/') kinds(unit: Unit, lasting: Lasting): string[] {
      return [unit.kind, lasting.unit.kind];
    }
  }
  const server = dependency((): Unit => ({ kind: 'of the server' }), { lifetime: 'singleton' });
  const unit = provide(Unit, OfRequest, { singletons: server });

  it('may say what singletons get, and what there is only with a transaction', async () => {
    const open = dependency((): AfterCommit => ({
      isInTransaction: () => true,
      isPending: () => false,
      hasBegun: async () => false,
      afterEnd: (task) => void task(),
      afterCommit: (task) => void task(),
    }));
    for (const [more, kind] of [
      [[], 'of a request'],
      [[provide(AfterCommit, open)], 'of a transaction'],
    ] as const) {
      await using client = await testClient(
        new Vivace({ controllers: [Kinds], provide: [unit, ...more] }),
      );
      expect((await client.get('/')).json()).toEqual([kind, 'of the server']);
    }
  });
});

describe('a described method', () => {
  it('says what it gives, and whether it is an operation', () => {
    const { result, isOperation, where } = describeMethod(Words.prototype, 'items');
    expect(isOperation).toBe(false);
    expect(where).toMatchObject({ type: 'Words', member: 'items', line: expect.any(Number) });
    const at = new Date(0);
    const text = result!.write([{ id: 1 as int, at, more: 'not declared' }]);
    expect(text).toBe('[{"id":1,"at":"1970-01-01T00:00:00Z"}]');
    expect(result!.parse(JSON.parse(text))).toEqual([{ id: 1, at }]);
    expect(() => checkRoundTrip(result!)).not.toThrow();
    expect(describeMethod(Pages.prototype, 'say').isOperation).toBe(true);
  });
});

describe('the shape of a type', () => {
  it.each<[Type, string, unknown]>([
    [int, 'int', 3],
    [listOf(Item), 'Item[]', [{ id: 1, at: new Date(0) }]],
    [[Item], 'Item[]', []],
    [oneOf('a', 2), '("a"|2)', 'a'],
    [pageOf(Item), 'Page<Item>', { items: [], total: 0, page: 1, size: 10, pages: 0 }],
    [Date, 'Date', new Date(5)],
  ])('%# has a name, and reads what it has written', (type, name, value) => {
    const shape = shapeOf(type);
    expect(shape.name).toBe(name);
    expect(shape.parse(JSON.parse(shape.write(value)))).toEqual(value);
  });

  it('is one for all that are written alike', () => {
    expect(shapeOf(listOf(Item))).toBe(shapeOf(listOf(Item)));
    expect(shapeOf(listOf(Item))).not.toBe(shapeOf(listOf(int)));
  });
});
