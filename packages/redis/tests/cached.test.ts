import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, dependency, Get, Injectable, provide, Secret, Vivace, type int } from 'vivace';
import { HTTPBearer } from 'vivace/security';
import { testClient } from 'vivace/testing';
import { Cached, redis } from '@vivace/redis';
import { REDIS_BOOT_ERRORS } from '../src/boot-error';

const page = readFileSync(join(__dirname, '../../../docs/redis-errors.md'), 'utf8');

describe('the table of boot errors', () => {
  it('is the page of the documentation', () => {
    const sections = [...page.matchAll(/^## `([A-Z_]+)`\n\n(.+)\n\n```text\n\[\1\] /gm)];
    expect(Object.fromEntries(sections.map(([, code, what]) => [code, what]))).toEqual(
      REDIS_BOOT_ERRORS,
    );
  });

  it('has every code that the sources throw, and no other', () => {
    const root = join(__dirname, '../src');
    const thrown = globSync('**/*.ts', { cwd: root }).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/RedisBootError\(\s*'([A-Z_]+)'/g)].map(
        ([, code]) => code!,
      ),
    );
    expect(new Set(thrown)).toEqual(new Set(Object.keys(REDIS_BOOT_ERRORS)));
  });
});

class Order {
  id!: int;
  owner!: string;
}
class Account {
  password!: Secret<string>;
}
const bearer = new HTTPBearer();
const user = dependency({ bearer }, ({ bearer: { credentials } }) => ({ name: credentials }));
const userOf = (service: { readonly user: { readonly name: string } }) => service.user.name;
let made = 0;

abstract class CurrentUser {
  abstract readonly name: string;
}

const app = (...controllers: (new (...given: never[]) => object)[]) =>
  new Vivace({
    controllers,
    extensions: [redis()],
    logger: false,
  });
const build = async (...controllers: Parameters<typeof app>) => {
  const server = await app(...controllers).build({ env: {} });
  await server.close();
};

describe('a cached method', () => {
  it('that answers requests is a boot error, which points to cache() and to the service', async () => {
    @Controller('/orders')
    class Orders {
      @Cached({ seconds: 30, key: (id: int) => `order:${id}` })
      @Get('/:id')
      async read(id: int): Promise<Order> {
        return { id, owner: 'ann' };
      }
    }
    await expect(build(Orders)).rejects.toThrow(
      /^\[CACHED_ROUTE\] Orders\.read \(.*cached\.test\.ts:\d+\): It answers requests.*\n.*middleware: \[cache\(\{ seconds: 30 \}\)\]/,
    );
  });

  it('of a class that knows who asks has to say whose its result is', async () => {
    @Injectable()
    class Orders {
      constructor(readonly user: CurrentUser) {}
      @Cached({ seconds: 30, key: () => 'mine' })
      async mine(): Promise<Order[]> {
        return [];
      }
    }
    @Controller()
    class Reading {
      constructor(private readonly orders: Orders) {}
      @Get('/') read(): Promise<Order[]> {
        return this.orders.mine();
      }
    }
    const program = new Vivace({
      controllers: [Reading],
      extensions: [redis()],
      provide: [provide(CurrentUser, user)],
    });
    await expect(program.build({ env: {} })).rejects.toThrow(
      /^\[CACHED_USER\] Orders\.mine \(.*\): The class needs the security scheme 'HTTPBearer'.*\n.*vary: /,
    );
  });

  it('keeps what it gives for each user apart', async () => {
    @Injectable()
    class Orders {
      constructor(readonly user: CurrentUser) {}
      @Cached({ seconds: 30, key: (of: string) => of, vary: userOf })
      async mine(of: string): Promise<Order[]> {
        return [{ id: (made += 1) as int, owner: `${this.user.name} ${of}` }];
      }
    }
    @Controller()
    class Reading {
      constructor(private readonly orders: Orders) {}
      @Get('/') read(of = 'mine'): Promise<Order[]> {
        return this.orders.mine(of);
      }
    }
    await using client = await testClient(
      new Vivace({
        controllers: [Reading],
        extensions: [redis()],
        provide: [provide(CurrentUser, user)],
      }),
      { env: {} },
    );
    const read = async (name: string, of: string) => {
      const headers = { authorization: `Bearer ${name}` };
      return (await client.get('/', { headers, params: { of } })).json<[Order]>()[0].owner;
    };
    for (const name of ['ann', 'bob', 'ann', 'ann:mine', 'ann%3Amine'])
      expect(await read(name, 'mine')).toBe(`${name} mine`);
    // Whoever is called so does not get what is kept for another.
    for (const [name, of] of [
      ['ann', 'x:mine'],
      ['ann:x', 'mine'],
    ] as const)
      expect(await read(name, of)).toBe(`${name} ${of}`);
    expect(made).toBe(6);
  });

  it('gives a type that is known, and comes back equal', async () => {
    @Injectable()
    class Anything {
      @Cached({ seconds: 30, key: () => 'any' })
      async any(): Promise<unknown> {
        return 1;
      }
    }
    @Injectable()
    class Accounts {
      @Cached({ seconds: 30, key: () => 'account' })
      async read(): Promise<Account> {
        return { password: new Secret('hidden') };
      }
    }
    @Controller()
    class First {
      constructor(readonly anything: Anything) {}
      @Get('/') read(): void {}
    }
    @Controller()
    class Second {
      constructor(readonly accounts: Accounts) {}
      @Get('/') read(): void {}
    }
    await expect(build(First)).rejects.toThrow('[CACHED_TYPE] Anything.any');
    await expect(build(Second)).rejects.toThrow('[ONE_WAY_TYPE] Account.password');
  });
});
