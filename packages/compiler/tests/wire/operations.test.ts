import { emitters, Programs } from './programs';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe.each(emitters)('the types of operations, by $emitter', (emitter) => {
  const programs = new Programs(emitter);
  const application = (source: string, files?: Record<string, string>) =>
    programs.program(`${source}\nexport const app = new Vivace({ controllers: [Root] });`, files);

  describe('a parameter', () => {
    const program = application(
      `enum Order { Up = 'up', Down = 'down' } type Size = 's' | 'm';
       @Controller() class Root {
         @Get('/items/:item_id') read(item_id: int, q?: string, order: Order = Order.Up, size: Size | null = null, exact = false, since?: Date) {
           return { item_id, q, order, size, exact, since: since instanceof Date };
         }
       }`,
    );

    it('has its type, may be left out with `?`, and has its default', async () => {
      expect(await program.get('/items/3')).toEqual({
        item_id: 3,
        order: 'up',
        size: null,
        exact: false,
        since: false,
      });
      expect(
        await program.get('/items/3?q=a&order=down&size=m&exact=yes&since=2026-01-01T00:00:00Z'),
      ).toEqual({
        item_id: 3,
        q: 'a',
        order: 'down',
        size: 'm',
        exact: true,
        since: true,
      });
      const { status, json } = await program.fetch(
        '/items/x?order=left&size=xl&exact=perhaps&since=now',
      );
      expect(status).toBe(422);
      expect(
        (json as { detail: { loc: string[] }[] }).detail.map(({ loc }) => loc.join('.')),
      ).toEqual(['path.item_id', 'query.order', 'query.size', 'query.exact', 'query.since']);
    });

    it('is documented', async () => {
      const { parameters } = (await program.document()).paths['/items/{item_id}']!['get']!;
      expect(parameters).toMatchObject([
        { name: 'item_id', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'q', in: 'query', required: false, schema: { type: 'string' } },
        { name: 'order', required: false, schema: { ...ref('Order'), default: 'up' } },
        {
          name: 'size',
          required: false,
          schema: { anyOf: [{ type: 'string', enum: ['s', 'm'] }, { type: 'null' }] },
        },
        { name: 'exact', required: false, schema: { type: 'boolean', default: false } },
        { name: 'since', required: false, schema: { type: 'string', format: 'date-time' } },
      ]);
    });
  });

  describe('a written return type', () => {
    const program = application(
      `class User { id!: int; name!: string; private hash = 'h' } interface Public { name: string } const ann = { id: 1, name: 'Ann', password: 'p' };
       type Answer<T> = Promise<{ data: T }>;
       @Controller() class Root {
         @Get('/plain') plain(): Public { return ann; }
         @Get('/promise') async promise(): Promise<Public[]> { return [ann]; }
         @Get('/nullable') async nullable(): Promise<Public | null> { return null; }
         @Get('/alias') async alias(): Answer<Public> { return { data: ann }; }
         @Get('/nested') nested(): { users: Map<string, Public>; tuple: [Public, int] } { return { users: new Map([['ann', ann]]), tuple: [ann, 1] }; }
         @Get('/class') class(): User { return Object.assign(new User(), ann); }
         @Get('/none') none(): void {}
         @Get('/inferred') inferred() { return ann; }
         @Get('/wrong') wrong(): Public { return JSON.parse('{"name": null}'); }
       }`,
    );

    it('is what is written, through Promise', async () => {
      expect(await program.get('/plain')).toEqual({ name: 'Ann' });
      expect(await program.get('/promise')).toEqual([{ name: 'Ann' }]);
      expect(await program.get('/nullable')).toBeNull();
      expect(await program.get('/alias')).toEqual({ data: { name: 'Ann' } });
      expect(await program.get('/nested')).toEqual({
        users: { ann: { name: 'Ann' } },
        tuple: [{ name: 'Ann' }, 1],
      });
      expect(await program.get('/class')).toEqual({ id: 1, name: 'Ann' });
      expect(await program.get('/none')).toBeNull();
    });

    it('is what must fit', async () => {
      expect(await program.fetch('/wrong').catch(() => ({ status: 500 }))).toMatchObject({
        status: 500,
      });
    });

    it('is documented, also where it is only inferred', async () => {
      const { paths } = await program.document();
      const schema = (path: string) =>
        paths[path]!['get']!.responses['200']!.content!['application/json']!.schema;
      expect(schema('/plain')).toEqual(ref('Public'));
      expect(schema('/promise')).toMatchObject({ type: 'array', items: ref('Public') });
      expect(schema('/nullable')).toMatchObject({ anyOf: [ref('Public'), { type: 'null' }] });
      expect(schema('/inferred')).toMatchObject({
        type: 'object',
        required: ['id', 'name', 'password'],
      });
      expect(await program.get('/inferred')).toEqual({ id: 1, name: 'Ann', password: 'p' });
    });
  });

  describe('a number that JSON does not have', () => {
    const program = application(
      `class Box { value: number = NaN }
       @Controller() class Root { @Get('/') read(): Box { return new Box(); } @Post('/') write(box: Box): Box { return box; } }`,
    );

    it('is refused in a body, and is no answer', async () => {
      expect(await program.refusal({ value: 'NaN' })).toEqual(['finite_number body.value']);
      expect(await program.refusal({ value: 'Infinity' })).toEqual(['finite_number body.value']);
      expect((await program.fetch('/')).status).toBe(500);
    });
  });

  describe('a stream', () => {
    const program = application(
      `class Tick { at!: int; private secret = 1 }
       @Controller() class Root {
         @Get('/generator') async *generator(): AsyncGenerator<Tick> { yield Object.assign(new Tick(), { at: 1, more: 2 }); }
         @Get('/iterable') iterable(): AsyncIterable<Tick> { return this.generator(); }
       }`,
    );

    it.each(['/generator', '/iterable'])('%s has items of its type', async (path) => {
      expect(await program.get(path)).toBe('{"at":1}\n');
    });
  });

  describe('a class from another file', () => {
    const program = application(
      `import { Item as Thing } from './items.js'; import * as parts from './items.js'; import Other from './items.js'; import type { Shape } from './items.js';
       @Controller() class Root {
         constructor(private readonly counter: parts.Counter) {}
         @Post('/') create(item: Thing): Shape { return { name: item.name, count: this.counter.next() }; }
         @Post('/other') other(other: Other): Other { return other; }
       }`,
      {
        'src/items.ts': `import { Injectable } from 'vivace';
          export class Item { name!: string }
          export interface Shape { name: string; count: number }
          @Injectable({ lifetime: 'singleton' }) export class Counter { #count = 0; next() { return ++this.#count; } }
          export default class { id!: number }`,
      },
    );

    it('is found under another name, in a namespace, and by default', async () => {
      expect(await program.post({ name: 'a', more: 1 })).toEqual({ name: 'a', count: 1 });
      expect(await program.refusal({})).toEqual(['missing body.name']);
      expect(await program.post({ name: 'a' })).toEqual({ name: 'a', count: 2 });
      const other = await program.fetch('/other', {
        method: 'POST',
        body: '{"id":"x"}',
        headers: { 'content-type': 'application/json' },
      });
      expect(other.status).toBe(422);
    });
  });

  describe('a dependency', () => {
    const program = application(
      `const page = dependency({ skip: Query(int, { default: 0 }), kind: Query(oneOf('a', 'b'), { default: 'a' }) }, ({ skip, kind }) => ({ skip, kind }));
       abstract class Store { abstract get(): string } @Injectable() class Shelf { book = 'Emma'; }
       @Injectable() class Memory extends Store { constructor(private readonly shelf: Shelf) { super(); } get() { return this.shelf.book; } }
       @Controller() class Root {
         constructor(private readonly store: Memory) {}
         @Get('/') list(@Depends(page) page: { skip: int; kind: 'a' | 'b' }) { return { ...page, book: this.store.get() }; }
       }`,
    );

    it('is found by the type of a constructor parameter', async () => {
      expect(await program.get('/?skip=2')).toEqual({ skip: 2, kind: 'a', book: 'Emma' });
    });
  });

  describe('classes that import each other', () => {
    const program = application(
      `import { Author } from './author.js';
       @Controller() class Root { @Post('/') create(author: Author): Author { return author; } }`,
      {
        'src/author.ts': `import { MinLength } from 'class-validator'; import { Book } from './book.js';
          export class Author { @MinLength(2) name!: string; books: Book[] = []; first?: Book }`,
        'src/book.ts': `import { MinLength } from 'class-validator'; import { Author } from './author.js';
          export class Book { @MinLength(1) title!: string; author?: Author; private by?: typeof Author }`,
      },
    );

    it('are read whole', async () => {
      const author = {
        name: 'Ann',
        books: [{ title: 'Emma', author: { name: 'Bob', books: [] } }],
      };
      expect(await program.post(author)).toEqual(author);
      expect(
        await program.refusal({ name: 'Ann', first: { title: '', author: { name: 'B' } } }),
      ).toEqual(['string_too_short body.first.title', 'string_too_short body.first.author.name']);
    });
  });

  describe('a class that is only named as a type, so that nothing imports it', () => {
    const program = application(
      `import type { Order } from './order.js'; import { Store } from './order.js';
       @Controller() class Root { constructor(private readonly store: Store) {} @Post('/') create(@Body() order: Order): Order { return this.store.keep(order); } }`,
      {
        'src/order.ts': `import type { Place } from './place.js'; import { Injectable } from 'vivace';
          export class Order { place!: Place; places?: Place[] }
          @Injectable() export class Store { keep(order: Order) { return order; } }`,
        'src/place.ts': `import { MinLength } from 'class-validator'; let made = 0;
          export class Place { @MinLength(2) city!: string; nth: number = ++made; }`,
      },
    );

    it('has its decorators and initialisers', async () => {
      expect(await program.refusal({ place: { city: 'U' } })).toEqual([
        'string_too_short body.place.city',
      ]);
      const { place } = (await program.post({ place: { city: 'Ulm' } })) as {
        place: { nth: number };
      };
      expect(place.nth).toBeGreaterThan(0);
    });
  });

  describe('a class that nothing makes', () => {
    const program = application(
      `function make() { class Inner { name!: string } return Inner; } type Inner = InstanceType<ReturnType<typeof make>>;
       @Controller() class Root { @Post('/') create(@Body() inner: Inner) { return inner; } }`,
    );

    it('is refused at boot', async () => {
      expect(await program.error()).toMatch(
        /CLASS_NOT_LOADED.* Inner .*does not make it when it is loaded/s,
      );
    });
  });
});
