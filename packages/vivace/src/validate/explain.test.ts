import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { near, schemas } from '../../tests/random-schemas';
import { plainField } from '../schema/plain-field';
import type { ObjectSchema, Schema } from '../schema/schema';
import { explainerOf } from './explain';
import { interpret } from './interpret';
import type { Outcome } from './validation-state';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

const object = (fields: Readonly<Record<string, Schema>>): ObjectSchema => ({
  kind: 'object',
  name: 'Thing',
  type: undefined,
  fields: Object.entries(fields).map(([name, schema]) => plainField(name, schema)),
  extra: 'ignore',
  before: [],
  after: [],
});

/** How often a field of a value is looked at until it is explained. */
function looks(schema: Schema, name: string, of: (watched: object) => unknown): number {
  let count = 0;
  const watched = {
    get [name]() {
      count += 1;
      return 'odd';
    },
  };
  const { issues } = explainerOf(schema, { loc: [], mode: 'json' })(of(watched)) as Outcome;
  expect(issues).toHaveLength(1);
  return count;
}

it.each([
  { mode: 'json', program: false },
  { mode: 'text', program: false },
  { mode: 'json', program: true },
] as const)(
  'A value is explained as by interpret ($mode, calling the program: $program)',
  ({ mode, program }) => {
    const options = { loc: ['body', 0], mode };
    fc.assert(
      fc.property(
        schemas({ program }).chain((schema) => fc.tuple(fc.constant(schema), near(schema))),
        ([schema, given]) => {
          const explained = explainerOf(schema, options)(given);
          // Jest takes objects with an own `constructor` that is NaN for objects of different classes.
          expect(isDeepStrictEqual(explained, interpret(schema, given, options))).toBe(true);
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 3000) },
    );
  },
);

test('A DTO inside others is walked once, however deep it stands', () => {
  const odd = object({ size: { kind: 'number' } });
  const deep = object({ inner: { kind: 'list', items: object({ inner: odd }) } });
  expect(looks(odd, 'size', (watched) => watched)).toBe(1);
  expect(looks(deep, 'size', (watched) => ({ inner: [{ inner: watched }] }))).toBe(1);
});
