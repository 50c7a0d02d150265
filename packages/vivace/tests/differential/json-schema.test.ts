import { Ajv2020 } from 'ajv/dist/2020.js';
import * as addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { INVALID, validatorOf } from '../../src/validate/validator';
import { JsonSchemaWriter } from '../../src/schema/json-schema-writer';
import type { Schema } from '../../src/schema/schema';
import { jsonFor, schema } from './schemas';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

const ajv = new Ajv2020({ strict: false, ownProperties: true });
const withFormats = addFormats.default(new Ajv2020({ strict: false }));
const writer = new JsonSchemaWriter({ mode: 'input', ref: () => '#' });

/** Two of the differences below: whole numbers are safe, and a rounding error is no rest. */
const differs = (part: unknown): boolean =>
  typeof part === 'number' &&
  (Number.isInteger(part) ? !Number.isSafeInteger(part) : Math.abs(part - Math.round(part)) < 1e-8);

describe('the JSON Schema of an input', () => {
  it('accepts what the compiled validator accepts, and nothing else', () => {
    fc.assert(
      fc.property(
        schema.chain((each) => fc.tuple(fc.constant(each), jsonFor(each))),
        ([each, json]) => {
          const value = JSON.parse(JSON.stringify(json), (_, part) =>
            differs(part) ? 0.5 : (part as unknown),
          ) as unknown;
          const document = JSON.parse(JSON.stringify(writer.write(each))) as object;
          const ours = validatorOf(each)(value) !== INVALID;
          expect({ ours, document }).toEqual({ ours: ajv.validate(document, value), document });
        },
      ),
      { numRuns: 1500 },
    );
  });

  it.each<[why: string, schema: Schema, value: unknown, ours: boolean]>([
    ['whole numbers are safe', { kind: 'number', integer: true, strict: true }, 1e21, false],
    [
      'an emoji with its presentation is one character',
      { kind: 'string', checks: [{ rule: 'maxLength', args: [1] }] },
      '✌️',
      true,
    ],
    [
      'a set drops what is there twice',
      { kind: 'list', items: { kind: 'any' }, unique: true, strict: true },
      [1, 1],
      true,
    ],
    [
      'a rounding error is no rest',
      { kind: 'number', strict: true, checks: [{ rule: 'multipleOf', args: [0.1] }] },
      0.3,
      true,
    ],
    [
      'what is hardly more than nothing is none',
      { kind: 'number', strict: true, checks: [{ rule: 'multipleOf', args: [2] }] },
      -1e-323,
      true,
    ],
    [
      'an instant may lack its offset',
      { kind: 'instant', strict: true },
      '2020-01-01T00:00:00',
      true,
    ],
    [
      'a time may lack its seconds',
      { kind: 'string', format: 'time', strict: true },
      '10:00',
      true,
    ],
    [
      'a duration may be written as a clock',
      { kind: 'string', format: 'duration', strict: true },
      '01:00:00',
      true,
    ],
    [
      'a UUID may have braces',
      { kind: 'string', format: 'uuid', strict: true },
      '{9c858901-8a57-4791-81fe-4c455b099bc9}',
      true,
    ],
    [
      'an address has http or https',
      { kind: 'string', format: 'url', strict: true },
      'ftp://x.y',
      false,
    ],
  ])('differs where %s', (_, each, value, ours) => {
    expect(validatorOf(each)(value) !== INVALID).toBe(ours);
    expect(withFormats.validate(writer.write(each), value)).toBe(!ours);
  });
});
