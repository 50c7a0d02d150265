import { symlinkSync, mkdirSync } from 'node:fs';
import { injectIdentities, transpile } from '../src';
import { readSideCar } from '../src/types/side-car-file';
import { compilerOptions, TestProject } from './project';

const tsconfig = JSON.stringify({ compilerOptions, include: ['src'] });
const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name, type: 'commonjs', private: true, ...more });

/** What the program of `shop` answers to some bodies: the status, and the body or the places of its issues. */
const ask = `
  async function ask(app: Vivace, path: string, ...bodies: object[]) {
    await using server = await app.build();
    for (const payload of bodies) {
      const { statusCode, body } = await server.fastify.inject({ method: 'POST', url: path, payload });
      const { detail } = JSON.parse(body);
      console.log(path, statusCode, detail ? detail.map(({ loc }: { loc: string[] }) => loc.join('.')).join() : body);
    }
  }`;

/** Two packages of a repository with the same file and the same class; `shop` depends on `@acme/base`. */
const repository = {
  'packages/base/package.json': manifest('@acme/base', {
    main: 'dist/dto.js',
    types: 'dist/dto.d.ts',
  }),
  'packages/base/tsconfig.json': tsconfig,
  'packages/base/src/dto.ts': `import { MinLength } from 'class-validator'; import { Model, type int } from 'vivace';
    @Model({ name: 'BaseItem' }) export class Item { @MinLength(2) name!: string; place?: Place }
    export class Page<T> { items!: T[]; total: int = 0 }
    export interface Tag { text: string }
    export class Place { @MinLength(3) city: string = ['U', 'lm'].join('') }
    export type Flags<T> = { [K in keyof T]?: boolean };
    export class Unused {}`,
  'packages/shop/package.json': manifest('shop', { dependencies: { '@acme/base': '*' } }),
  'packages/shop/tsconfig.json': tsconfig,
  'packages/shop/src/dto.ts': `export class Item { price!: number }`,
  'packages/shop/src/loaded.ts': `import { Controller, Post, Vivace } from 'vivace'; ${ask}
    import { Item as BaseItem, type Page, type Tag } from '@acme/base'; import { Item } from './dto.js';
    @Controller() class Root {
      @Post('/own') own(item: Item): Item { return item; }
      @Post('/base') base(item: BaseItem): BaseItem { return item; }
      @Post('/page') page(page: Page<BaseItem>): Page<BaseItem> { return page; }
      @Post('/tag') tag(tag: Tag): Tag { return tag; }
    }
    const app = new Vivace({ controllers: [Root] });
    void (async () => {
      await ask(app, '/own', { price: 1, name: 'x' }, {});
      await ask(app, '/base', { name: 'pen', price: 1 }, { name: 'p', place: { city: 'U' } }, { name: 'pen', place: {} });
      await ask(app, '/page', { items: [{ name: 'pen' }] }, { items: [{}] });
      await ask(app, '/tag', { text: 'a', more: 1 }, {});
    })();`,
  'packages/shop/src/erased.ts': `import { Controller, Post, Vivace } from 'vivace'; ${ask}
    import type { Flags, Item, Page, Place } from '@acme/base';
    class Order { place!: Place; flags?: Flags<Item>; named?: Pick<Item, 'name'>; pages?: Page<Place>[] }
    @Controller() class Root { @Post('/order') create(order: Order): Order { return order; } }
    void ask(new Vivace({ controllers: [Root] }), '/order', { place: {}, flags: { name: true } },
      { place: { city: 'U' }, flags: { name: 'perhaps' }, named: { name: 'a' }, pages: [{ items: [{ city: 'U' }] }] });`,
};

describe('the types of another workspace', () => {
  let project: TestProject;
  beforeAll(() => {
    project = new TestProject(repository);
    mkdirSync(project.path('node_modules/@acme'), { recursive: true });
    symlinkSync('../../packages/base', project.path('node_modules/@acme/base'));
    for (const name of ['packages/base', 'packages/shop']) {
      project.tsc(name);
      injectIdentities(project.path(name, 'dist'), project.path(name));
    }
    transpile(project.path('packages/shop'), project.path('packages/shop/.vivace/out'));
  }, 60_000);
  afterAll(() => project[Symbol.dispose]());

  describe.each([
    ['a build', 'packages/shop/dist'],
    ['development', 'packages/shop/.vivace/out/src'],
  ])('in %s', (_, directory) => {
    it('are those of its own file, also where ours has the same name', () => {
      expect(project.run(`${directory}/loaded.js`).split('\n')).toEqual([
        '/own 200 {"price":1}',
        '/own 422 body.price',
        '/base 200 {"name":"pen"}',
        '/base 422 body.name,body.place.city',
        '/base 200 {"name":"pen","place":{"city":"Ulm"}}',
        '/page 200 {"items":[{"name":"pen"}],"total":0}',
        '/page 422 body.items.0.name',
        '/tag 200 {"text":"a"}',
        '/tag 422 body.text',
      ]);
    });

    it('are read where nothing has loaded that workspace, mapped and generic ones too', () => {
      expect(project.run(`${directory}/erased.js`).split('\n')).toEqual([
        '/order 200 {"place":{"city":"Ulm"},"flags":{"name":true}}',
        '/order 422 body.place.city,body.flags.name,body.named.name,body.pages.0.items.0.city',
      ]);
    });
  });

  it('are kept there: each side-car has the files of its own package', () => {
    const files = (name: string) =>
      Object.keys(readSideCar(project.path(name, 'dist/__types.cjs'))!.files);
    expect(files('packages/base')).toEqual(['@acme/base/src/dto.ts']);
    expect(files('packages/shop')).toEqual([
      'shop/src/dto.ts',
      'shop/src/erased.ts',
      'shop/src/loaded.ts',
    ]);
  });
});

describe('the types of a package that knows nothing of Vivace', () => {
  const bank = {
    'node_modules/bank/package.json': JSON.stringify({
      name: 'bank',
      version: '1.0.0',
      main: 'index.js',
      types: 'index.d.ts',
    }),
    'node_modules/bank/index.js':
      'exports.Money = class Money { constructor() { this.currency = "EUR"; } };',
    'node_modules/bank/index.d.ts': `
      export declare class Money { amount: number; currency?: string }
      /** Where money goes. */
      export interface Transfer { money: Money; to: Account; on: Date }
      export type Account = { iban: string; owner?: Owner }; export enum Owner { Person = 'p', Company = 'c' }
      export interface Client { send(): Promise<void>; url: string }
      export type Query<T> = { [K in keyof T]?: T[K][] };`,
  };

  it('are read from their declarations', () => {
    using project = new TestProject({
      ...bank,
      'src/main.ts': `import { Controller, Post, Vivace } from 'vivace'; import type { Query, Transfer } from 'bank'; ${ask}
        class Search { query!: Query<{ iban: string }> }
        @Controller() class Root {
          @Post('/transfer') transfer(transfer: Transfer): Transfer { return transfer; }
          @Post('/search') search(search: Search): Search { return search; }
        }
        const app = new Vivace({ controllers: [Root] });
        const good = { money: { amount: 1 }, to: { iban: 'DE', owner: 'p' }, on: '2026-01-01T00:00:00Z', more: 1 };
        void (async () => {
          await ask(app, '/transfer', good, { ...good, money: {}, to: { owner: 'x' } });
          await ask(app, '/search', { query: { iban: ['a'] } }, { query: { iban: 'a' } });
        })();`,
    });
    project.tsc();
    injectIdentities(project.path('dist'), project.root);
    expect(project.run('dist/main.js').split('\n')).toEqual([
      '/transfer 200 {"money":{"amount":1,"currency":"EUR"},"to":{"iban":"DE","owner":"p"},"on":"2026-01-01T00:00:00Z"}',
      '/transfer 422 body.money.amount,body.to.iban,body.to.owner',
      '/search 200 {"query":{"iban":["a"]}}',
      '/search 422 body.query.iban',
    ]);
  });

  it('are refused at boot where they are machinery and no data', () => {
    using project = new TestProject({
      ...bank,
      'src/main.ts': `import { Controller, Post, Vivace } from 'vivace'; import type { Client } from 'bank';
        class Search { client!: Client } @Controller() class Root { @Post('/') search(search: Search) { return search; } }
        new Vivace({ controllers: [Root] }).build().catch((error: Error) => console.log(error.message));`,
    });
    project.tsc();
    injectIdentities(project.path('dist'), project.root);
    expect(project.run('dist/main.js')).toMatch(
      /UNSUPPORTED_TYPE\] Search\.client .*Client of bank cannot be read from or written to JSON/,
    );
  });
});

describe('imports by the paths of the tsconfig', () => {
  it('are followed', () => {
    using project = new TestProject(
      {
        'src/dto/item.ts': `import { MinLength } from 'class-validator'; export class Item { @MinLength(2) name!: string }`,
        'src/main.ts': `import { Controller, Post, Vivace } from 'vivace'; import type { Item } from '#dto/item'; ${ask}
          class Box { item!: Item } @Controller() class Root { @Post('/') create(box: Box): Box { return box; } }
          void ask(new Vivace({ controllers: [Root] }), '/', { item: { name: 'pen', more: 1 } }, { item: { name: 'p' } });`,
      },
      { options: { paths: { '#dto/*': ['./src/dto/*'] } } },
    );
    project.tsc();
    injectIdentities(project.path('dist'), project.root);
    expect(project.run('dist/main.js').split('\n')).toEqual([
      '/ 200 {"item":{"name":"pen"}}',
      '/ 422 body.item.name',
    ]);
  });
});
