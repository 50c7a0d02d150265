import { mkdirSync, symlinkSync } from 'node:fs';
import { injectIdentities, transpile } from '../src';
import { compilerOptions, TestProject } from './project';

/** A package that was built by `tsc` alone: what it declares says nothing of decorators and initialisers. */
const base = (type: 'commonjs' | 'module') => ({
  'packages/base/package.json': JSON.stringify({
    name: '@acme/base',
    version: '1.0.0',
    type,
    main: 'dist/index.js',
    types: 'dist/index.d.ts',
  }),
  'packages/base/tsconfig.json': JSON.stringify({ compilerOptions, include: ['src'] }),
  'packages/base/src/index.ts': `export { Item, Named } from './dto.js'; export { Place as Somewhere } from './dto.js';`,
  'packages/base/src/dto.ts': `import { randomUUID } from 'node:crypto';
    import { MinLength, Min, ValidateNested } from 'class-validator'; import { Expose, Type } from 'class-transformer';
    export class Named { @MinLength(2) name!: string }
    export class Place { @MinLength(3) city: string = 'Ulm' }
    /** Something to buy. */
    export class Item extends Named {
      id: string = randomUUID();
      @Min(0) price = 1;
      @ValidateNested() @Type(() => Place) place?: Place;
      @Expose() get label() { return this.name + '!'; }
      tags: string[] = [];
    }`,
});

const shop = {
  'packages/shop/package.json': JSON.stringify({
    name: 'shop',
    type: 'commonjs',
    private: true,
    dependencies: { '@acme/base': '*' },
  }),
  'packages/shop/tsconfig.json': JSON.stringify({ compilerOptions, include: ['src'] }),
  'packages/shop/src/main.ts': `import { Body, Controller, Post, Vivace, type int } from 'vivace';
    import { Min } from 'class-validator'; import { Item, type Named, type Somewhere } from '@acme/base';
    class Page<T> { items!: T[] }
    class Mine extends Item { @Min(1) count!: int }
    class Order { item!: Item; more: Item[] = []; to?: Somewhere | null; change?: Partial<Item>; named?: Pick<Item, 'name'> }
    @Controller() class Root {
      @Post('/item') item(item: Item): Item { return item; }
      @Post('/order') order(order: Order): Order { return order; }
      @Post('/mine') mine(mine: Mine): Mine { return mine; }
      @Post('/page') page(page: Page<Item>): Page<Item> { return page; }
      @Post('/named') named(named: Named): Named { return named; }
      @Post('/value', { response: Item }) value(@Body(Item) item: Item) { return item; }
      @Post('/either') either(either: Mine | Somewhere) { return { kind: either.constructor.name }; }
    }
    const id = { id: 'x' };
    const asked: [string, ...object[]][] = [
      ['/item', { ...id, name: 'pen', more: 1 }, { name: 'p', price: -1, place: { city: 'U' } }, {}],
      ['/order', { item: { ...id, name: 'pen', place: {} } }, { item: { name: 'pen' }, more: [{ name: 'p' }], to: { city: '' }, change: { name: 'p' }, named: { name: 'p' } }],
      ['/mine', { ...id, name: 'pen', count: 1 }, { name: 'p', price: -1, count: 0 }],
      ['/page', { items: [{ ...id, name: 'pen' }] }, { items: [{ name: 'p', price: -1 }] }],
      ['/named', { name: 'pen' }, { name: 'p' }],
      ['/value', { ...id, name: 'pen' }, { name: 'p', price: -1 }],
      ['/either', { city: 'Ulm' }, { name: 'pen', count: 1 }],
    ];
    void (async () => {
      const app = new Vivace({ controllers: [Root] });
      await using server = await app.build();
      for (const [url, ...bodies] of asked)
        for (const payload of bodies) {
          const { statusCode, body } = await server.fastify.inject({ method: 'POST', url, payload });
          const { detail } = JSON.parse(body);
          console.log(url, statusCode, detail ? detail.map(({ loc }: { loc: string[] }) => loc.slice(1).join('.')).join() : body);
        }
      const made = async () => JSON.parse((await server.fastify.inject({ method: 'POST', url: '/item', payload: { name: 'pen' } })).body).id;
      console.log('fresh', (await made()) !== (await made()));
      const { components } = JSON.parse((await server.fastify.inject('/openapi.json')).body);
      const item = components.schemas.Item ?? components.schemas['Item-Input'];
      console.log(item.description, item.properties.price.default, item.properties.id.default, item.required.join());
    })();`,
};

const pen = '"name":"pen","id":"x","price":1,"tags":[],"label":"pen!"';
const answers = [
  `/item 200 {${pen}}`,
  '/item 422 name,price,place.city',
  '/item 422 name',
  `/order 200 {"item":{${pen.replace('"tags"', '"place":{"city":"Ulm"},"tags"')}},"more":[]}`,
  '/order 422 more.0.name,to.city,change.name,named.name',
  `/mine 200 {${pen.replace('"label":"pen!"', '"count":1,"label":"pen!"')}}`,
  '/mine 422 name,price,count',
  `/page 200 {"items":[{${pen}}]}`,
  '/page 422 items.0.name,items.0.price',
  '/named 200 {"name":"pen"}',
  '/named 422 name',
  `/value 200 {${pen}}`,
  '/value 422 name,price',
  '/either 200 {"kind":"Place"}',
  '/either 200 {"kind":"Mine"}',
  'fresh true',
  'Something to buy. 1 undefined name',
];

describe.each(['commonjs', 'module'] as const)(
  'a class of a package (%s) that tsc built',
  (type) => {
    let project: TestProject;
    beforeAll(() => {
      project = new TestProject({ ...base(type), ...shop });
      mkdirSync(project.path('node_modules/@acme'), { recursive: true });
      symlinkSync('../../packages/base', project.path('node_modules/@acme/base'));
      project.tsc('packages/base');
    });
    afterAll(() => project[Symbol.dispose]());

    test.each([
      ['development', 'packages/shop/.vivace/out/src/main.js'],
      ['a build', 'packages/shop/dist/main.js'],
    ])(
      'keeps its decorators, initialisers and fields in %s, and its package is named',
      (_, script) => {
        const root = project.path('packages/shop');
        const isBuild = script.includes('dist');
        if (isBuild) project.tsc('packages/shop');
        const { plain } = isBuild
          ? injectIdentities(project.path('packages/shop/dist'), root)
          : transpile(root, project.path('packages/shop/.vivace/out'));
        expect(project.run(script).split('\n')).toEqual(answers);
        expect(plain).toEqual([
          { name: '@acme/base', classes: expect.arrayContaining(['Item', 'Place']) },
        ]);
      },
    );
  },
);
