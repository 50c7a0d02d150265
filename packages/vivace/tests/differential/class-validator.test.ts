import { plainToInstance } from 'class-transformer';
import * as cv from 'class-validator';
import { type Issue, RequestValidationError, parse } from 'vivace';
import { BootError } from '../../src/errors/boot-error';
import { decorators, otherExports } from './decorators';
import { type Verdict, deviations, structuralDeviations } from './deviations';
import { all, values } from './values';

class OfString {
  value!: string;
}
class OfNumber {
  value!: number;
}
class OfBoolean {
  value!: boolean;
}
class OfBigInt {
  value!: bigint;
}
class OfDate {
  value!: Date;
}
class OfList {
  value!: unknown[];
}
class OfRecord {
  value!: Record<string, unknown>;
}
class OfAnything {
  value!: unknown;
}
type Holder = new () => { value: unknown };

/** Fields by their declared type, with values of that type. */
const holders: readonly (readonly [type: string, holder: Holder, fitting: readonly unknown[]])[] = [
  ['string', OfString, values.string],
  ['number', OfNumber, values.number],
  ['boolean', OfBoolean, values.boolean],
  ['bigint', OfBigInt, values.bigint],
  ['Date', OfDate, values.date],
  ['unknown[]', OfList, values.list],
  ['Record', OfRecord, values.record],
  ['unknown', OfAnything, all],
];

class Strings {
  value!: string[];
}
class Numbers {
  value!: number[];
}
class Dates {
  value!: Date[];
}
class Anythings {
  value!: unknown[];
}
const lists: readonly (readonly [type: string, holder: Holder, items: readonly unknown[]])[] = [
  ['string', Strings, values.string],
  ['number', Numbers, values.number],
  ['Date', Dates, values.date],
  ['unknown', Anythings, [...values.record, ...values.list, ...values.boolean, null]],
];

Error.stackTraceLimit = 0;

const errorsOf = (
  type: Holder,
  value: unknown,
  options?: cv.ValidatorOptions,
): readonly cv.ValidationError[] => cv.validateSync(Object.assign(new type(), { value }), options);

function theirs(
  type: Holder,
  value: unknown,
  options: cv.ValidatorOptions = {},
): boolean | 'throws' {
  try {
    return errorsOf(type, value, options).length === 0;
  } catch {
    return 'throws';
  }
}

/** Our issues; a constraint that could only refuse is an error at boot, which stands for a refusal of every value. */
function issues(
  type: Holder,
  value: unknown,
  groups?: readonly string[],
): readonly Issue[] | 'boot' {
  try {
    parse(type, { value }, { strict: true, ...(groups && { groups }) });
    return [];
  } catch (error) {
    if (error instanceof RequestValidationError) return error.issues;
    if (error instanceof BootError) return 'boot';
    throw error;
  }
}

const { validationMetadatas } = cv.getMetadataStorage() as unknown as {
  validationMetadatas: Map<unknown, unknown>;
};
let last: Holder | undefined;

/** A class with one decorated property; class-validator looks through all classes for each value, so the one before is forgotten. */
function decorated(base: Holder, ...decorators: readonly PropertyDecorator[]): Holder {
  validationMetadatas.delete(last);
  class Probe extends base {}
  for (const decorator of decorators) decorator(Probe.prototype, 'value');
  last = Probe;
  return Probe;
}

const optionSets: readonly cv.ValidationOptions[] = [
  { groups: ['a', 'b'] },
  { groups: ['a'], always: true },
  { groups: ['c'], always: false },
  { always: true },
  { validateIf: (object: object, value: unknown) => 'value' in object && String(value).length > 1 },
];

const isFinite = (value: unknown): boolean => typeof value !== 'number' || Number.isFinite(value);

/** A few values from all over the list. */
const some = (list: readonly unknown[]): readonly unknown[] =>
  list.filter((_, at) => at % Math.ceil(list.length / 8) === 0);

const used = new Set<string>();
function isDeliberate(verdict: Verdict, ours: boolean): boolean {
  const [name] =
    Object.entries(deviations).find(
      ([, deviation]) => deviation.ours === ours && deviation.covers(verdict),
    ) ?? [];
  if (name !== undefined) used.add(name);
  return name !== undefined;
}

/** The cases in which the verdicts differ and should not. */
class Differences {
  readonly list: unknown[] = [];

  compare(verdict: Verdict, found: readonly Issue[] | 'boot', more: object = {}): void {
    const ours = found.length === 0;
    if (ours !== verdict.theirs && !isDeliberate(verdict, ours))
      this.list.push({ ...verdict, ...more, found });
  }
}

describe('a decorator of class-validator', () => {
  it('is in the table, whichever it is', () => {
    const exported = Object.keys(cv).filter(
      (name) => /^[A-Z]/.test(name) && name !== name.toUpperCase(),
    );
    expect([...Object.keys(decorators), ...otherExports].toSorted()).toEqual(exported.toSorted());
  });

  it.each(Object.entries(decorators))(
    '%s has its own verdict on values of every kind',
    (decorator, makes) => {
      const differences = new Differences();
      for (const make of makes) {
        for (const [type, holder, fitting] of holders) {
          const probe = decorated(holder, make());
          for (const value of fitting)
            differences.compare(
              { decorator, type, value, theirs: theirs(probe, value) },
              issues(probe, value),
            );
        }
      }
      expect(differences.list.slice(0, 3)).toEqual([]);
    },
  );

  it.each(Object.entries(decorators))(
    '%s with `each` has its own verdict on lists',
    (decorator, makes) => {
      const differences = new Differences();
      for (const make of makes) {
        for (const [type, holder, items] of lists) {
          const probe = decorated(holder, make({ each: true }));
          for (const item of items) {
            const list = [items[0], item];
            differences.compare(
              { decorator, type: `${type}[]`, value: item, theirs: theirs(probe, list) },
              issues(probe, list),
            );
          }
        }
      }
      expect(differences.list.slice(0, 3)).toEqual([]);
    },
  );

  it.each(Object.entries(decorators))(
    '%s says what its `message` and `context` say',
    (_, makes) => {
      const context = { code: 7 };
      const message = '$property of $target is $value, not $constraint1 or $constraint2';
      for (const make of makes) {
        for (const [type, holder, fitting] of holders) {
          if (type === 'unknown') continue;
          const probe = decorated(holder, make({ message, context }));
          for (const value of some(fitting).filter(isFinite)) {
            const found = issues(probe, value);
            const [said] =
              theirs(probe, value) === false
                ? Object.values(errorsOf(probe, value)[0]?.constraints ?? {})
                : [];
            if (said !== undefined && found !== 'boot' && found.length > 0)
              expect(found[0]).toMatchObject({ msg: said, ctx: context });
          }
        }
      }
    },
  );

  it.each(Object.entries(decorators))(
    '%s counts in its groups, with `always`, and where `validateIf` lets it',
    (decorator, [make]) => {
      const differences = new Differences();
      for (const options of optionSets) {
        for (const [type, holder, fitting] of holders) {
          // Where a group has no constraint at all class-validator refuses every object, so there is always one.
          const probe = decorated(holder, make!(options), cv.Allow({ always: true }));
          for (const value of some(fitting)) {
            for (const groups of [undefined, ['a'], ['b', 'c'], ['d']]) {
              const found = issues(probe, value, groups);
              if (found !== 'boot')
                differences.compare(
                  { decorator, type, value, theirs: theirs(probe, value, groups && { groups }) },
                  found,
                  { options, groups },
                );
            }
          }
        }
      }
      expect(differences.list.slice(0, 3)).toEqual([]);
    },
  );

  it('deviates only where the table says so', () => {
    expect([...used].toSorted()).toEqual(Object.keys(deviations).toSorted());
  });
});

describe('a DTO', () => {
  it.each(Object.entries(structuralDeviations))(
    'deviates: %s',
    (_, { type, json, groups, theirs: verdict, ours }) => {
      const instance = plainToInstance(type, json);
      expect(cv.validateSync(instance, groups && { groups: [...groups] }).length === 0).toBe(
        verdict,
      );
      expect(placed(() => parse(type, json, { strict: true, ...(groups && { groups }) }))).toEqual(
        ours,
      );
    },
  );
});

/** Issues as `type@place`. */
function placed(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof RequestValidationError)) throw error;
    return error.issues.map(({ type, loc }) => `${type}@${loc.join('.')}`);
  }
}
