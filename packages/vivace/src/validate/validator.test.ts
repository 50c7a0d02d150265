import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';

import { near, Point, schemas } from '../../tests/random-schemas';
import { plainField } from '../schema/plain-field';
import type { Field, ObjectSchema, Schema } from '../schema/schema';
import { interpret } from './interpret';
import type { Fitting, Outcome } from './validation-state';
import { readFittingPart } from '../compile/fitting-members';
import { sentFields } from './fields-set';
import { serializerOf } from '../serialize/serializer';
import { INVALID, validatorOf, validatorSource } from './validator';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

/** The instances inside, with what is known of what was sent. */
function sentInside(built: unknown): unknown {
  if (typeof built !== 'object' || built === null) return undefined;
  const inside =
    built instanceof Map
      ? [...built.values()]
      : built instanceof Set
        ? [...built]
        : Object.values(built);
  return [sentFields(built)?.toSorted(), ...inside.map(sentInside)];
}

describe('the compiled validator', () => {
  it.each(['json', 'text'] as const)('has the verdict and value of interpret (%s)', (mode) => {
    fc.assert(
      fc.property(
        schemas({ program: true }).chain((each) => fc.tuple(fc.constant(each), near(each))),
        ([ofSchema, given]) => {
          const compiled = validatorOf(ofSchema, { mode })(given);
          const { value: explained, issues } = interpret(ofSchema, given, {
            loc: [],
            mode,
          }) as Outcome;
          expect(compiled === INVALID).toBe(issues.length > 0);
          if (compiled === INVALID) return;
          expect(compiled).toStrictEqual(explained);
          expect(sentInside(compiled)).toEqual(sentInside(explained));
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1500) },
    );
  });

  it('reads parts that fit as interpret would', () => {
    fc.assert(
      fc.property(
        schemas({ program: true }).chain((each) => fc.tuple(fc.constant(each), near(each))),
        ([ofSchema, given]) => {
          const outcome = (fitting?: Fitting) =>
            interpret(ofSchema, given, { loc: ['body'], mode: 'json', fitting }) as Outcome;
          const [alone, helped] = [outcome(), outcome(readFittingPart)];
          // Jest takes objects with an own `constructor` that is NaN for objects of different classes.
          expect(isDeepStrictEqual(helped, alone)).toBe(true);
          expect(sentInside(helped.value)).toEqual(sentInside(alone.value));
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1500) },
    );
  });

  it('leaves parts to interpret that call the program, so that it is not called more often', () => {
    let calls = 0;
    const counted: Schema = {
      kind: 'number',
      checks: [{ rule: 'custom', args: [], test: () => (calls += 1) > 0 }],
    };
    const item: ObjectSchema = {
      kind: 'object',
      name: 'Item',
      type: undefined,
      extra: 'ignore',
      before: [],
      after: [],
      fields: [plainField('size', counted)],
    };
    const given = [{ size: 1 }, { size: 2 }, {}];
    const { issues } = interpret({ kind: 'list', items: item }, given, {
      loc: [],
      mode: 'json',
      fitting: readFittingPart,
    }) as Outcome;
    expect(issues).toMatchObject([{ type: 'missing', loc: [2, 'size'] }]);
    expect(calls).toBe(2);
  });

  const point: ObjectSchema = {
    kind: 'object',
    name: 'Point',
    type: Point,
    extra: 'ignore',
    before: [],
    after: [],
    fields: [
      plainField('x', { kind: 'number', checks: [{ rule: 'ge', args: [0] }] }),
      plainField('y', { kind: 'number' }, { presence: 'default', makeDefault: () => 1 }),
    ],
  };

  it('reads recursive types', () => {
    const fields: Field[] = [];
    const tree: ObjectSchema = { ...point, name: 'Tree', type: undefined, fields };
    fields.push(plainField('children', { kind: 'list', items: tree }));
    expect(validatorOf(tree)({ children: [{ children: [] }] })).toEqual({
      children: [{ children: [] }],
    });
    expect(validatorOf(tree)({ children: [{ children: [{}] }] })).toBe(INVALID);
  });

  it('trims text that also fits a member of a union which does not', () => {
    const trimmed: Schema = { kind: 'string', trim: true };
    const plain: Schema = { kind: 'string' };
    expect(validatorOf({ kind: 'union', members: [trimmed, plain] })(' c ')).toBe('c');
    expect(validatorOf({ kind: 'union', members: [plain, trimmed] })(' c ')).toBe(' c ');
  });

  it('leaves to interpret what has to be waited for', () => {
    const waits: Schema = {
      kind: 'string',
      checks: [{ rule: 'custom', args: [], test: async () => true }],
    };
    expect(validatorOf(waits)('x')).toBe(INVALID);
  });

  it('is printed as a program that can be read', () => {
    const text = validatorSource(point);
    expect(text).toContain('function read_Point(value, object) {');
    expect(text).toContain('>= 0');
  });

  it('is made once for a schema', () => {
    expect(validatorOf(point)).toBe(validatorOf(point));
    expect(validatorOf(point, { groups: ['a'] })).not.toBe(validatorOf(point));
  });
});

describe('the serializer', () => {
  it('writes what was read as JSON.stringify would', () => {
    const text = fc.string({ unit: 'binary' });
    const kinds: readonly (readonly [Schema, fc.Arbitrary<unknown>])[] = [
      [{ kind: 'string' }, text],
      [{ kind: 'number' }, fc.double({ noNaN: true, noDefaultInfinity: true })],
      [{ kind: 'any' }, fc.jsonValue()],
      [{ kind: 'list', items: { kind: 'string' } }, fc.array(text)],
      [{ kind: 'boolean' }, fc.boolean()],
    ];
    const names = fc.shuffledSubarray(['a', 'b', 'c', 'quo"te', '\u2028'], { minLength: 1 });
    const plain = names.map((chosen) => {
      const members = kinds.slice(0, chosen.length).map(([ofKind, values], index) => {
        const member = chosen[index] ?? '';
        const presence = index % 2 === 0 ? 'required' : 'optional';
        const field = plainField(member, ofKind, { presence });
        return { field, values };
      });
      return {
        ofSchema: { ...object('P'), fields: members.map(({ field }) => field) },
        values: fc.record(
          Object.fromEntries(members.map(({ field, values }) => [field.name, values])),
        ),
      };
    });
    fc.assert(
      fc.property(
        plain.chain(({ ofSchema, values }) => fc.tuple(fc.constant(ofSchema), values)),
        ([ofSchema, given]) => {
          expect(serializerOf(ofSchema)({ ...given, extra: 1 })).toBe(
            JSON.stringify(
              Object.fromEntries(ofSchema.fields.map(({ name: each }) => [each, given[each]])),
            ),
          );
        },
      ),
    );
  });
});

function object(ofName: string): ObjectSchema {
  return {
    kind: 'object',
    name: ofName,
    type: undefined,
    fields: [],
    extra: 'ignore',
    before: [],
    after: [],
  };
}
