import Ajv from 'ajv';
import { EventEmitter } from 'node:events';
import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import { Piscina } from 'piscina';
import {
  Controller,
  Depends,
  Get,
  Injectable,
  Vivace,
  dependency,
  provide,
  type Provision,
} from 'vivace';
import { override, testClient } from 'vivace/testing';

class Own {
  readonly name = 'own';
}
abstract class Abstract {
  abstract readonly name: string;
}
class Repository<T> {
  readonly rows: T[] = [];
}
class User {
  name!: string;
}
/** A generic class with a default, as that of many libraries. */
class Manager<D extends object = object> {
  readonly drivers: D[] = [];
}

const own = new Own();
const abstract = new (class extends Abstract {
  readonly name = 'concrete';
})();
const emitter = new EventEmitter();
const agent = new Agent();
const readable = Readable.from([]);
const ajv = new Ajv();
const pool = Object.create(Piscina.prototype) as Piscina<string, number>;
const users = new Repository<User>();
const manager = new Manager();
const names = new Map([['a', 1]]);

/** Each stands for a class that the container does not make, and is asked for by its type alone. */
const provisions: readonly Provision[] = [
  provide(Own, () => own),
  provide(Abstract, () => abstract),
  provide(EventEmitter, () => emitter),
  provide(
    Agent,
    dependency(() => agent),
  ),
  provide(
    Readable,
    dependency(async () => readable),
  ),
  provide(Ajv, () => ajv),
  provide(
    Piscina,
    dependency(function* () {
      yield pool;
    }),
  ),
  provide(Repository, () => users),
  provide(Manager, () => manager),
  provide(Map, () => names),
];
const all = [own, abstract, emitter, agent, readable, ajv, pool, users, manager, names];

@Injectable()
class Service {
  readonly given: readonly unknown[];
  constructor(
    a: Own,
    b: Abstract,
    c: EventEmitter,
    d: Agent,
    e: Readable,
    f: Ajv,
    g: Piscina<string, number>,
    h: Repository<User>,
    i: Manager,
    j: Map<string, number>,
  ) {
    this.given = [a, b, c, d, e, f, g, h, i, j];
  }
}

const listed = dependency(
  { own: Own, emitter: EventEmitter, agent: Agent, ajv: Ajv, repository: Repository },
  (given) => Object.values(given),
);

let given: readonly unknown[] = [];
@Controller('/asks')
class Asks {
  constructor(private readonly service: Service) {}
  @Get('/constructor') byConstructor(): void {
    given = this.service.given;
  }
  @Get('/handler') byHandler(
    a: Own,
    b: Abstract,
    c: EventEmitter,
    d: Agent,
    e: Readable,
    f: Ajv,
    g: Piscina<string, number>,
    h: Repository<User>,
    i: Manager,
    j: Map<string, number>,
  ): void {
    given = [a, b, c, d, e, f, g, h, i, j];
  }
  @Get('/dependency') byDependency(@Depends(listed) values: unknown[]): void {
    given = values;
  }
}
const app = () => new Vivace({ controllers: [Asks], provide: provisions });

describe('a class that provide names', () => {
  it('is injected by its type, whoever declared it', async () => {
    await using client = await testClient(app());
    for (const path of ['/asks/constructor', '/asks/handler']) {
      await client.get(path);
      expect(given).toHaveLength(all.length);
      for (const [index, value] of all.entries()) expect(given[index]).toBe(value);
    }
    await client.get('/asks/dependency');
    for (const [index, value] of [own, emitter, agent, ajv, users].entries())
      expect(given[index]).toBe(value);
  });

  it('is overridden like others', async () => {
    const other = new EventEmitter();
    await using client = await testClient(app(), {
      overrides: [override(EventEmitter, () => other)],
    });
    await client.get('/asks/handler');
    expect(given[2]).toBe(other);
  });

  it('may have a class without the keyword stand for it', async () => {
    function Old(this: { name: string }): void {
      this.name = 'old';
    }
    Old.prototype.greet = () => 'hello';
    @Controller('/old')
    class Asking {
      constructor(private readonly one: Own) {}
      @Get('/') now(): unknown {
        return [this.one instanceof (Old as never), this.one.name];
      }
    }
    const old = provide(Own, Old as unknown as typeof Own);
    await using client = await testClient(new Vivace({ controllers: [Asking], provide: [old] }));
    expect((await client.get('/old/')).json()).toEqual([true, 'old']);
  });

  it('is no class of a library that nobody provides', async () => {
    @Controller('/lost')
    class Lost {
      constructor(private readonly agent: Agent) {}
      @Get('/') now(): boolean {
        return this.agent === undefined;
      }
    }
    await expect(new Vivace({ controllers: [Lost] }).build()).rejects.toMatchObject({
      code: 'CONSTRUCTOR_PARAMETER',
      message: expect.stringMatching(/provide\(Agent, …\)/),
    });
  });
});
