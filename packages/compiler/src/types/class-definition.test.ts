import { classOf, definitionsOf, int, ref } from '../../tests/extracted';
import type { ClassDefinition } from './type-data';

describe('a class', () => {
  it('has its fields with initialisers', () => {
    const { props } = classOf(
      `enum Unit { Kg = 'kg' }
       class Item { a = 1; b = -1.5; c = 'x'; d: string[] = []; e = { a: [true, null] }; f = new Date(); g: Unit = Unit.Kg; h!: number; i? = 3 }`,
      'Item',
    );
    expect(props).toMatchObject({
      a: { t: 'number', default: 1 },
      b: { default: -1.5 },
      c: { t: 'string', default: 'x' },
      d: { t: { array: 'string' }, default: [] },
      e: { default: { a: [true, null] } },
      f: { t: { builtin: 'Date' }, dyn: true },
      g: { default: 'kg' },
      h: { t: 'number' },
      i: { t: 'number', opt: true, default: 3 },
    });
    expect(props['h']).not.toHaveProperty('default');
  });

  it.each([
    ['id()', true],
    ['{ id: id() }', true],
    ['new Date()', true],
    ['new Item(id())', true],
    ['raw`x`', true],
    ["new Date('2020-01-01')", false],
    ['new Set([1])', false],
    ['constant', false],
    ['constant + 1', false],
    ['() => id()', false],
    ['class { a = id() }', false],
  ])('says of the initialiser %s whether it may be another each time', (written, varies) => {
    const { props } = classOf(
      `declare const id: () => number, constant: number, raw: (parts: TemplateStringsArray) => string;
       class Item { constructor(id = 0) {} a = ${written}; }`,
      'Item',
    );
    expect(props['a']).toMatchObject({ dyn: true });
    expect('varies' in props['a']!).toBe(varies);
  });

  it('keeps undefined where it is written and `?` where that is', () => {
    const { props } = classOf(
      'class A { a?: string; b: string | undefined; c?: string | null }',
      'A',
    );
    expect(props).toEqual({
      a: { t: 'string', opt: true },
      b: { t: { union: ['string', 'undefined'] } },
      c: { t: { union: ['string', 'null'] }, opt: true },
    });
  });

  it('has getters, read-only, private and protected members, but no static or #private ones and no methods', () => {
    const { props } = classOf(
      `class A { readonly a!: string; private b!: string; protected c!: string; get d() { return 1 } static e = 1; #f = 1; g() {} 'h-i'!: string;
         constructor(private readonly j: string, k: number) {} }`,
      'A',
    );
    expect(props).toEqual({
      j: { t: 'string', ro: true, vis: 'private' },
      a: { t: 'string', ro: true },
      b: { t: 'string', vis: 'private' },
      c: { t: 'string', vis: 'protected' },
      d: { t: 'number', get: true },
      'h-i': { t: 'string' },
    });
  });

  it('has its base with arguments, and its constructor', () => {
    const item = classOf(
      'class Base<T> { a!: T } abstract class Item extends Base<string> { constructor(b: number, c = 3, ...d: string[]) { super() } }',
      'Item',
    );
    expect(item).toMatchObject({
      abstract: true,
      extends: [{ ref: 'shop/src/dto.ts#Base', args: ['string'] }],
      ctor: [
        { name: 'b', t: 'number' },
        { name: 'c', t: 'number', default: 3 },
        { name: 'd', t: { array: 'string' }, rest: true },
      ],
    });
  });

  it('has the methods that its own decorators ask for', () => {
    const text = `type Made<T> = abstract new (...args: never[]) => T;
      interface Runnable { run(...args: never[]): unknown; name?: string }
      const Job = () => <T extends Runnable>(_: Made<T>) => {};
      const Any = (_: Made<unknown>): void => {};
      const Old: ClassDecorator = () => {};
      @Any @Job() @Old class Send { run(order: string) { return order.length } helper() {} }
      @Any @Old class Plain { run(order: string) {} }`;
    expect(classOf(text, 'Send').methods).toEqual({
      run: {
        line: 6,
        params: [{ name: 'order', t: 'string' }],
        returns: 'number',
        immediate: true,
      },
    });
    expect(classOf(text, 'Plain').methods).toBeUndefined();
  });

  it('has its methods where one is decorated', () => {
    const { methods } = classOf(
      `import type { int } from 'vivace';
       const Get = () => (..._: unknown[]) => {};
       class A {
         /** Reads one.
          * @param id of the item
          */
         @Get() async read(id: int, q?: string, { a } = { a: 1 }, limit = 20): Promise<string | null> { return null }
         helper() { return 1 }
         async *lines(): AsyncGenerator<string> {}
         static no() {}
       }`,
      'A',
    );
    expect(methods).toEqual({
      read: {
        line: 7,
        doc: 'Reads one.',
        params: [
          { name: 'id', t: int, doc: 'of the item' },
          { name: 'q', t: 'string', opt: true },
          { name: '', t: 'unknown', default: { a: 1 } },
          { name: 'limit', t: 'number', default: 20 },
        ],
        returns: { builtin: 'Promise', args: [{ union: ['string', 'null'] }] },
        written: true,
        async: true,
      },
      helper: { line: 8, params: [], returns: 'unknown', immediate: true },
      lines: {
        line: 9,
        params: [],
        returns: { builtin: 'AsyncGenerator', args: ['string'] },
        written: true,
        generator: true,
        async: true,
      },
    });
  });

  it('has what JSDoc says', () => {
    const item = classOf(
      `/** An item.
        * @deprecated use Thing
        */
       class Item {
         /**
          * Its price,
          * in cents.
          *
          * @minimum 3
          * @format int32
          * @example 5
          * @deprecated
          */
         price!: number;
       }`,
      'Item',
    );
    expect(item).toMatchObject({ doc: 'An item.', tags: { deprecated: 'use Thing' } });
    expect(item.props['price']).toMatchObject({
      doc: 'Its price,\nin cents.',
      tags: { minimum: '3', format: 'int32', example: '5', deprecated: true },
    });
  });

  it('is told from others of its name in the same file, and has the name of its variable or its file', () => {
    const defs = definitionsOf(
      `class A { a!: string } function f() { class A { b!: string } return A } const B = class { c!: string }; export default class { d!: string }`,
    );
    expect(Object.keys(defs)).toEqual(
      ['A', 'A~2', 'B', 'Dto'].map((name) => `shop/src/dto.ts#${name}`),
    );
  });
});
