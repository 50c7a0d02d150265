import { plainToInstance } from 'class-transformer';
import * as cv from 'class-validator';
import * as fc from 'fast-check';
import { RequestValidationError, parse } from 'vivace';
import { classOf, jsonOf, shape } from './shapes';

const storage = cv.getMetadataStorage() as unknown as {
  validationMetadatas: Map<unknown, unknown>;
};
const groupsAsked = fc.constantFrom(undefined, ['a'], ['b'], ['c'], ['a', 'c']);

/** The places that class-validator complains about: a list as a whole, not its items. */
function places(errors: readonly cv.ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints, children = [] }) => [
    ...(constraints === undefined ? [] : [`${path}${property}`]),
    ...places(children, `${path}${property}.`),
  ]);
}

interface Read {
  readonly value?: object;
  readonly places: readonly string[];
}

function read(type: new () => object, json: unknown, groups: readonly string[] | undefined): Read {
  try {
    return { value: parse(type, json, { strict: true, ...(groups && { groups }) }), places: [] };
  } catch (error) {
    if (!(error instanceof RequestValidationError)) throw error;
    return { places: error.issues.map(({ loc }) => loc.join('.').replace(/(?<=s)\.\d+$/, '')) };
  }
}

const unique = (all: readonly string[]): readonly string[] => [...new Set(all)].toSorted();

describe('DTOs of any shape', () => {
  it('are judged as by class-validator, and become what class-transformer makes of them', () => {
    fc.assert(
      fc.property(
        shape.chain((each) => fc.tuple(fc.constant(each), jsonOf(each))),
        groupsAsked,
        ([each, json], groups) => {
          // The package looks through all classes for each value.
          storage.validationMetadatas.clear();
          const type = classOf(each);
          const theirs = plainToInstance(type, json);
          const ours = read(type, json, groups);
          expect(unique(ours.places)).toEqual(
            unique(places(cv.validateSync(theirs, groups && { groups: [...groups] }))),
          );
          if (ours.value !== undefined) expect(ours.value).toStrictEqual(theirs);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  it('see in conditions what was sent, also where it does not fit', () => {
    class Dto {
      @cv.IsPositive() first!: number;
      @cv.ValidateIf(({ first }: Dto) => first !== 0) @cv.ArrayNotEmpty() second!: number[];
    }
    expect(read(Dto, { first: 0, second: [] }, undefined).places).toEqual(['first']);
    expect(read(Dto, { first: -1, second: [] }, undefined).places).toEqual(['first', 'second']);
  });
});
