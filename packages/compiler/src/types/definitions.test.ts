import { classOf, context, definitionsOf, int, ref } from '../../tests/extracted';
import type { ClassDefinition, Definition, Reference } from './type-data';

describe('a definition', () => {
  let defs: Record<string, Definition>;
  const get = (name: string) => defs[`shop/src/dto.ts#${name}`];
  beforeAll(() => {
    defs = definitionsOf(`${context}
      class Uses { a!: UserOut; b!: Json; c!: Pair<string>; d!: Color; e!: Level; f!: Partial<User>; g!: Both; h!: Nullable<Address>; i!: Pet }`);
  });

  it('of an enum has its values', () => {
    expect(get('Color')).toMatchObject({ kind: 'enum', members: { Red: 'r', Green: 'g' } });
    expect(get('Level')).toMatchObject({ kind: 'enum', members: { Low: 0, High: 10, Higher: 11 } });
  });

  it('of an interface has its members', () => {
    expect(get('Address')).toMatchObject({
      kind: 'type',
      t: { object: { street: { t: 'string' }, zip: { t: 'number', opt: true } } },
    });
  });

  it('of a mapped alias says where each member comes from, with its default', () => {
    const from = 'shop/src/dto.ts#User';
    expect(get('UserOut')).toMatchObject({
      kind: 'type',
      t: {
        object: {
          name: { t: 'string', from },
          nick: { t: 'string', opt: true, from },
          age: { t: { union: [int, 'null'] }, default: null, from },
        },
      },
    });
    expect((get('UserOut') as { t: { object: object } }).t.object).not.toHaveProperty('password');
  });

  it('in place makes the members of Partial optional', () => {
    const { f } = (get('Uses') as ClassDefinition).props;
    expect(f!.t).toMatchObject({
      object: { name: { t: 'string', opt: true }, age: { t: { union: [int, 'null'] }, opt: true } },
    });
  });

  it('of an alias that contains itself refers to itself', () => {
    const json = { union: ['string', { array: ref('Json') }, { object: {}, index: ref('Json') }] };
    expect(get('Json')).toMatchObject({ kind: 'type', t: json });
    expect((get('Uses') as ClassDefinition).props['b']!.t).toEqual(ref('Json'));
  });

  it('of a generic alias keeps its parameters', () => {
    expect(get('Pair')).toMatchObject({
      kind: 'type',
      params: ['A'],
      t: { object: { left: { t: { param: 'A' } } } },
    });
  });

  it('of a mapped alias over its parameter is open, and each use of it has one of its own', () => {
    expect(get('Nullable')).toMatchObject({
      kind: 'type',
      params: ['T'],
      t: { unsupported: 'Nullable<T>' },
    });
    const { to } = (get('Uses') as ClassDefinition).props['h']!.t as Reference;
    expect(defs[to!]).toEqual({
      kind: 'type',
      line: expect.any(Number),
      t: {
        object: {
          street: { t: { union: ['string', 'null'] } },
          zip: { t: { union: ['number', 'null'] }, opt: true },
        },
      },
    });
  });

  it('of an intersection has the members of all', () => {
    expect(get('Both')).toMatchObject({
      t: { object: { street: { t: 'string' }, city: { t: 'string' } } },
    });
  });

  it('of a union of literals keeps its members in place', () => {
    const { i } = (get('Uses') as ClassDefinition).props;
    expect(i!.t).toMatchObject({
      union: [
        { object: { kind: { t: { lit: 'cat' } } } },
        { object: { kind: { t: { lit: 'dog' } } } },
      ],
    });
  });

  it('of a generic class keeps its parameters', () => {
    expect(get('Page')).toMatchObject({
      params: ['T'],
      props: {
        items: { t: { array: { param: 'T' } } },
        next: { t: { union: [{ ref: 'shop/src/dto.ts#Page', args: [{ param: 'T' }] }, 'null'] } },
      },
    });
  });
});

describe('a dependency', () => {
  it('is known by its variable', () => {
    const defs = definitionsOf(
      `import { dependency as dep } from 'vivace';
       /** A page. */
       export const page = dep({ skip: 1 }, async ({ skip }: { skip: number }): Promise<number> => skip);
       const session = dep(async function* () { yield 1 });
       const other = [dep(() => 1)];`,
    );
    expect(defs).toEqual({
      'shop/src/dto.ts#page': expect.objectContaining({
        kind: 'function',
        doc: 'A page.',
        line: 3,
        written: true,
        async: true,
      }),
      'shop/src/dto.ts#session': expect.objectContaining({
        kind: 'function',
        line: 4,
        generator: true,
        async: true,
        params: [],
      }),
    });
  });
});
