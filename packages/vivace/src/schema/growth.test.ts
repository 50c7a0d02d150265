import { declare } from '../declare/class-facts';
import type { ClassDefinition, MemberData } from '../reflect/type-data';
import { loadTypes } from '../reflect/load';
import type { Types } from '../reflect/types';
import { SchemaBuilder } from './builder';

/** How often the members, decorators and initialisers of a class with so many fields are read while its schema is built. */
function stepsFor(count: number): number {
  let steps = 0;
  const step = <T>(value: T): T => {
    steps += 1;
    return value;
  };
  const names = Array.from({ length: count }, (_, index) => `field${index}`);

  class Wide {
    constructor() {
      step(Object.assign(this, Object.fromEntries(names.map((name) => [name, 'initial']))));
    }
  }
  declare(Wide, {
    fields: names.map((name) => ({
      get key() {
        return step(name);
      },
      accessor: false,
    })),
    fieldValidators: names.map((name) => ({
      get fields() {
        return step([name]);
      },
      key: 'check',
      mode: 'after' as const,
    })),
  });
  const member: MemberData = {
    get t() {
      return step('string' as const);
    },
  };
  const definition: ClassDefinition = {
    kind: 'class',
    line: 1,
    props: Object.fromEntries(names.map((name) => [name, member])),
  };
  const types = Object.assign(Object.create(loadTypes({ mode: 'decorators' })) as Types, {
    of: () => definition,
  });
  const schema = new SchemaBuilder(types, { extra: 'ignore', strict: false }).fromClass(Wide, {});
  expect(schema.fields.map(({ name }) => name)).toEqual(names);
  return steps;
}

test('twice as many fields take twice as many steps', () => {
  const [some, twice] = [stepsFor(40), stepsFor(80)];
  expect(twice).toBeLessThan(2.2 * some);
  expect(some).toBeLessThan(40 * 30);
});
