import Ajv, { type AnySchema } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { openapi30, type SchemaObject } from 'vivace/openapi';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

type Json = Record<string, unknown>;

const scalars = ['string', 'number', 'integer', 'boolean', 'null'];
const constants = fc.constantFrom<unknown>(
  null,
  'a',
  'bb',
  '',
  0,
  1,
  5,
  2.5,
  true,
  [],
  ['a'],
  {},
  { a: 1 },
);

/** JSON Schemas of the dialect of OpenAPI 3.1, with all words that say what is valid. */
const { schema: schemas } = fc.letrec<{ schema: unknown; list: unknown[] }>((tie) => ({
  list: fc.array(tie('schema'), { minLength: 1, maxLength: 3, depthIdentifier: 'schema' }),
  schema: fc.oneof(
    { depthIdentifier: 'schema', maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(
      true,
      {},
      { type: 'null' },
      { $ref: '#/components/schemas/A' },
      {
        $ref: '#/components/schemas/B',
      },
    ),
    fc.record({ const: constants }),
    fc.record({ enum: fc.array(constants, { minLength: 1, maxLength: 3 }) }),
    fc.record(
      {
        type: fc.oneof(
          fc.constantFrom(...scalars),
          fc.uniqueArray(fc.constantFrom(...scalars, 'object', 'array'), {
            minLength: 1,
            maxLength: 3,
          }),
        ),
        minLength: fc.constantFrom(0, 1, 2),
        minimum: fc.constantFrom(0, 1, 5),
        exclusiveMinimum: fc.constantFrom(0, 1, 5),
        maximum: fc.constantFrom(1, 5),
        exclusiveMaximum: fc.constantFrom(1, 5, 9),
        multipleOf: fc.constantFrom(1, 5),
        enum: fc.array(constants, { minLength: 1, maxLength: 3 }),
        title: fc.constant('T'),
        examples: fc.constant(['a']),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constantFrom<unknown>('object', ['object', 'null']),
        properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'), { maxKeys: 3 }),
        required: fc.constantFrom([], ['a'], ['a', 'b']),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        patternProperties: fc.record({ '^b': tie('schema') }),
        propertyNames: fc.constant({ maxLength: 1 }),
        unevaluatedProperties: fc.constant(false),
        minProperties: fc.constantFrom(0, 1),
        dependentRequired: fc.constant({ a: ['b'] }),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constantFrom<unknown>('array', ['array', 'null']),
        items: fc.oneof(tie('schema'), fc.boolean()),
        prefixItems: tie('list'),
        minItems: fc.constantFrom(0, 1),
        maxItems: fc.constantFrom(1, 2, 3),
        uniqueItems: fc.boolean(),
        contains: tie('schema'),
        unevaluatedItems: fc.constant(false),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        anyOf: tie('list'),
        oneOf: tie('list'),
        allOf: tie('list'),
        not: tie('schema'),
        if: tie('schema'),
        else: tie('schema'),
        $ref: fc.constant('#/components/schemas/A'),
        type: fc.constantFrom<unknown>('string', ['string', 'null'], 'object'),
        description: fc.constant('words'),
      },
      { requiredKeys: [] },
    ),
  ),
}));

const values = fc.oneof(
  constants,
  fc.dictionary(fc.constantFrom('a', 'b', 'c', 'bb'), constants, { maxKeys: 3 }),
  fc.array(constants, { maxLength: 3 }),
);

const A = { anyOf: [{ type: 'string', minLength: 1 }, { type: 'null' }] };
const B = { type: 'object', properties: { a: { type: ['integer', 'null'] } }, required: ['a'] };

/** The document of a schema, with two others that it may refer to. */
function documentOf(schema: unknown): { components: { schemas: Record<string, SchemaObject> } } {
  const components = { schemas: { A, B, Root: schema as SchemaObject } };
  return { openapi: '3.1.0', info: { title: 'a', version: '1' }, paths: {}, components } as never;
}

const ROOT = { $ref: 'doc#/components/schemas/Root' };

function judgeOf(ajv: Ajv, document: object): (value: unknown) => boolean {
  ajv.addSchema(document as AnySchema, 'doc');
  const judge = ajv.compile(ROOT) as (value: unknown) => boolean;
  return (value) => {
    try {
      return judge(value);
    } catch {
      // Ajv fails at some `unevaluatedProperties`.
      return false;
    }
  };
}

/** What a schema of OpenAPI 3.0 means: null is allowed beside a type only, bounds are left out by a word of their own. */
function meant(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(meant);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = schema as Json;
  if ('$ref' in rest) return { $ref: rest['$ref'] };
  const written: Json = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === 'enum' ? value : key === 'properties' ? meantEach(value as Json) : meant(value),
    ]),
  );
  if (nullable === true && typeof rest['type'] === 'string')
    written['type'] = [rest['type'], 'null'];
  for (const [exclusive, key, name] of [
    [exclusiveMinimum, 'minimum', 'exclusiveMinimum'],
    [exclusiveMaximum, 'maximum', 'exclusiveMaximum'],
  ] as const) {
    if (exclusive !== true) continue;
    written[name] = written[key];
    delete written[key];
  }
  return written;
}

const meantEach = (schemas: Json): Json =>
  Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, meant(one)]));

it('a schema of OpenAPI 3.0 allows at least what that of 3.1 allows', () => {
  const options = { strict: false, validateFormats: false, logger: false } as const;
  fc.assert(
    fc.property(schemas, fc.array(values, { minLength: 20, maxLength: 20 }), (schema, tried) => {
      const document = documentOf(schema);
      const old = openapi30(document as never);
      const now = judgeOf(new Ajv2020(options) as unknown as Ajv, { ...document, $id: 'doc' });
      const then = judgeOf(new Ajv(options), {
        components: { schemas: meantEach(old.components!.schemas as Json) },
      });
      for (const value of [...tried, null])
        if (now(value) && !then(value))
          throw new Error(
            `3.0 refuses ${JSON.stringify(value)}: ${JSON.stringify(old.components!.schemas!['Root'])}`,
          );
    }),
    { numRuns: 100 },
  );
});

it('has no word of 3.1, and is a schema of 3.0 in its shape', () => {
  const words =
    /^(type|const|prefixItems|contains|if|then|else|\$defs|patternProperties|examples)$/;
  const check = (schema: unknown): void => {
    if (Array.isArray(schema)) return schema.forEach(check);
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'type') expect(typeof value).toBe('string');
      else expect(key).not.toMatch(words);
      if (key === 'nullable') expect(schema).toHaveProperty('type');
      if (key === 'items' || key === 'not') expect(typeof value).toBe('object');
      if (key === 'properties') Object.values(value as Json).forEach(check);
      else if (key !== 'enum' && key !== 'example') check(value);
    }
    if ((schema as Json)['type'] === 'array') expect(schema).toHaveProperty('items');
    if ('$ref' in schema) expect(Object.keys(schema)).toEqual(['$ref']);
  };
  fc.assert(
    fc.property(schemas, (schema) =>
      check(openapi30(documentOf(schema) as never).components!.schemas!['Root']),
    ),
    { numRuns: 200 },
  );
});
