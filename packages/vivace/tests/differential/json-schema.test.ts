import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { INVALID, validatorOf } from '../../src/compile/validator';
import { JsonSchemaWriter } from '../../src/schema/json-schema';
import { jsonFor, schema } from './schemas';

const ajv = new Ajv2020({ strict: false, ownProperties: true });
const writer = new JsonSchemaWriter({ mode: 'input', ref: () => '#' });

describe('the JSON Schema of an input', () => {
  it('accepts what the compiled validator accepts, and nothing else', () => {
    fc.assert(
      fc.property(
        schema.chain((each) => fc.tuple(fc.constant(each), jsonFor(each))),
        ([each, json]) => {
          const value = JSON.parse(JSON.stringify(json)) as unknown;
          const document = JSON.parse(JSON.stringify(writer.write(each))) as object;
          const ours = validatorOf(each)(value) !== INVALID;
          expect({ ours, document }).toEqual({ ours: ajv.validate(document, value), document });
        },
      ),
      { numRuns: 1500 },
    );
  });
});
