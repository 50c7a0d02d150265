import { Controller, Get, dependency, int } from 'vivace';
import { factsOf } from '../declare/value-facts';
import { loadTypes } from './load';

/** Something to buy. */
class Item {
  id!: int;
  name?: string;
}
@Controller()
class Items {
  @Get() read(item_id: int): Item {
    return Object.assign(new Item(), { id: item_id });
  }
}
const session = dependency(() => 1);

describe('a program that was compiled', () => {
  const types = loadTypes({ mode: 'required' });

  test('knows its classes and their members', () => {
    expect(types.idOf(Item)).toBe('vivace/src/reflect/compiled.test.ts#Item');
    expect(types.of(Item)).toMatchObject({
      kind: 'class',
      doc: 'Something to buy.',
      props: {
        id: { t: { prim: 'number', tags: { format: 'int' } } },
        name: { t: 'string', opt: true },
      },
    });
  });

  test('knows the parameters, the result and the place of a method', () => {
    expect(types.of(Items)?.methods?.['read']).toMatchObject({
      params: [{ name: 'item_id' }],
      returns: { ref: types.idOf(Item) },
      written: true,
    });
    expect(types.place(Items, 'read')).toEqual({
      file: expect.stringMatching(/packages\/vivace\/src\/reflect\/compiled\.test\.ts$/),
      line: 12,
    });
  });

  test('knows the variable of a dependency', () => {
    expect(factsOf(session)).toMatchObject({
      name: 'session',
      id: 'vivace/src/reflect/compiled.test.ts#session',
    });
  });
});
