import { Exclude, Expose, Transform, instanceToPlain, plainToInstance } from 'class-transformer';
import * as fc from 'fast-check';
import { Field, jsonable, parse } from 'vivace';
import { transformDeviations } from './transform-deviations';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

const directions = { both: {}, in: { toClassOnly: true }, out: { toPlainOnly: true } } as const;
const decorators = {
  expose: (only) => Expose(only),
  exclude: (only) => Exclude(only),
  shout: (only) => Transform(({ value }) => String(value).toUpperCase(), only),
  key: (only) => Transform(({ value, key }) => `${String(value)}:${key}`, only),
  neighbour: (only) =>
    Transform(
      ({ value, obj }) => `${String(value)}-${String((obj as { other?: unknown }).other)}`,
      only,
    ),
  adminsOnly: (only) => Expose({ ...only, groups: ['admin'] }),
  shoutForAdmins: (only) =>
    Transform(({ value }) => String(value).toUpperCase(), { ...only, groups: ['admin'] }),
} satisfies Record<
  string,
  (only: (typeof directions)[keyof typeof directions]) => PropertyDecorator
>;

type Applied = readonly (readonly [
  decorator: keyof typeof decorators,
  direction: keyof typeof directions,
])[];
interface Shape {
  readonly base: Shape | undefined;
  readonly hidden: boolean;
  readonly value: Applied;
  readonly other: Applied;
  /** Of a field with another name on the wire. */
  readonly named: readonly (readonly ['shout' | 'key' | 'neighbour', keyof typeof directions])[];
}

const names = Object.keys(decorators) as (keyof typeof decorators)[];
const some = <D extends keyof typeof decorators>(...of: readonly D[]) =>
  fc.array(fc.tuple(fc.constantFrom(...of), fc.constantFrom(...(['both', 'in', 'out'] as const))), {
    maxLength: 3,
  });
const shapeOn = (base: fc.Arbitrary<Shape | undefined>): fc.Arbitrary<Shape> =>
  fc.record({
    base,
    hidden: fc.boolean(),
    value: some(...names),
    other: some(...names),
    named: some('shout', 'key', 'neighbour'),
  });
const shape = shapeOn(fc.option(shapeOn(fc.constant(undefined)), { nil: undefined }));

function classOf({ base, hidden, value, other, named }: Shape): new () => object {
  class Dto extends (base === undefined ? Object : classOf(base)) {}
  for (const [name, all] of Object.entries({ value, other, named })) {
    Field({ type: String })(Dto.prototype, name);
    for (const [decorator, direction] of all)
      decorators[decorator](directions[direction])(Dto.prototype, name);
  }
  Expose({ name: 'other_name' })(Dto.prototype, 'named');
  if (hidden) Exclude()(Dto);
  return Dto;
}

const texts = fc.constantFrom('a', 'b');

describe('the decorators of class-transformer', () => {
  it('do the same on the way in and on the way out', () => {
    fc.assert(
      fc.property(shape, texts, texts, texts, (each, value, other, named) => {
        const type = classOf(each);
        const json = { value, other, other_name: named };
        expect({ ...parse(type, json) }).toEqual({ ...plainToInstance(type, json) });
        const full = Object.assign(new type(), { value, other, named });
        expect(jsonable(full)).toEqual(instanceToPlain(full));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(Object.entries(transformDeviations))('deviate: %s', (_, { theirs, ours, expected }) => {
    expect(theirs()).toEqual(expected.theirs);
    expect(ours()).toEqual(expected.ours);
  });
});
