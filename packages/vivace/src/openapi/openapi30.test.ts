import { openapi30, type OpenAPIDocument, type SchemaObject } from 'vivace/openapi';

/** What a schema of a component becomes. */
function converted(schema: unknown): SchemaObject {
  const document = {
    openapi: '3.1.0',
    info: { title: 'a', version: '1' },
    paths: {},
    components: { schemas: { A: schema as SchemaObject } },
  };
  return openapi30(document).components!.schemas!['A']!;
}
const text = { type: 'string' };
const ref = { $ref: '#/components/schemas/B' };
const nothing = { type: 'null' };
/** `nullable` counts beside a type only. */
const nothing30 = { type: 'object', nullable: true, enum: [null] };

describe('a schema in OpenAPI 3.0', () => {
  it.each<[string, unknown, unknown]>([
    [
      'null beside one type',
      { anyOf: [text, nothing], title: 'A' },
      { type: 'string', title: 'A', nullable: true },
    ],
    ['null beside a reference', { anyOf: [ref, nothing] }, { anyOf: [ref, nothing30] }],
    [
      'null beside literals',
      { anyOf: [{ type: 'string', enum: ['a'] }, nothing] },
      { type: 'string', enum: ['a', null], nullable: true },
    ],
    [
      'null beside several types',
      { oneOf: [text, ref, nothing] },
      { anyOf: [text, ref, nothing30] },
    ],
    ['null alone', nothing, nothing30],
    ['null as a literal', { const: null, title: 'A' }, { title: 'A', ...nothing30 }],
    [
      'a type or null',
      { type: ['integer', 'null'], title: 'A' },
      { type: 'integer', title: 'A', nullable: true },
    ],
    [
      'several types',
      { type: ['string', 'array'] },
      { anyOf: [text, { type: 'array', items: {} }] },
    ],
    [
      'a reference with words beside it',
      { ...ref, description: 'b' },
      { allOf: [ref], description: 'b' },
    ],
    ['a reference alone', ref, ref],
    [
      'a bound that is left out',
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'number', minimum: 0, exclusiveMinimum: true },
    ],
    ['the sharper of two bounds', { exclusiveMaximum: 9, maximum: 5 }, { maximum: 5 }],
    [
      'the sharper of two bounds, left out',
      { exclusiveMaximum: 5, maximum: 9 },
      { maximum: 5, exclusiveMaximum: true },
    ],
    ['a literal', { type: 'string', const: 'a' }, { type: 'string', enum: ['a'] }],
    ['examples', { type: 'string', examples: ['a', 'b'] }, { type: 'string', example: 'a' }],
    [
      'bytes',
      { type: 'string', contentMediaType: 'application/octet-stream' },
      { type: 'string', format: 'binary' },
    ],
    [
      'bytes as text',
      { type: 'string', contentEncoding: 'base64', contentMediaType: 'application/octet-stream' },
      { type: 'string' },
    ],
    [
      'a tuple of one type',
      { type: 'array', prefixItems: [text, text], minItems: 2, maxItems: 2 },
      { type: 'array', items: text, minItems: 2, maxItems: 2 },
    ],
    [
      'a tuple of several',
      { type: 'array', prefixItems: [text, ref], minItems: 2, maxItems: 2 },
      { type: 'array', items: { anyOf: [text, ref] }, minItems: 2, maxItems: 2 },
    ],
    [
      'a tuple that may go on',
      { type: 'array', prefixItems: [text] },
      { type: 'array', items: {} },
    ],
    [
      'a tuple that goes on with others',
      { type: 'array', prefixItems: [text], items: ref },
      { type: 'array', items: { anyOf: [text, ref] } },
    ],
    ['a list of anything', { type: 'array' }, { type: 'array', items: {} }],
    [
      'keys with a pattern',
      { type: 'object', propertyNames: { pattern: 'a' } },
      { type: 'object' },
    ],
    ['anything', true, {}],
    ['nothing', false, { not: {} }],
    [
      'what is inside',
      {
        type: 'object',
        properties: { a: { anyOf: [text, nothing] }, type: { const: 1 } },
        additionalProperties: { const: 2 },
      },
      {
        type: 'object',
        properties: { a: { ...text, nullable: true }, type: { enum: [1] } },
        additionalProperties: { enum: [2] },
      },
    ],
  ])('says %s', (_, schema, expected) => {
    expect(converted(schema)).toEqual(expected);
  });
});

describe('a document in OpenAPI 3.0', () => {
  const document: OpenAPIDocument = {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Shop',
      summary: 'short',
      version: '1',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: {
      '/': {
        post: {
          parameters: [
            {
              name: 'schema',
              in: 'query',
              schema: { const: 1 },
              example: { schema: { const: 1 } },
            },
          ],
          requestBody: {
            content: {
              'application/json': {
                schema: { const: 2 },
                examples: { schema: { value: { const: 2 } } },
              },
            },
          },
          responses: {
            200: {
              description: 'Lines',
              content: { 'application/jsonl': { itemSchema: { const: 3 } } },
            },
            default: {
              description: 'Error',
              headers: { schema: { schema: { const: 4 } } },
              content: { 'text/html': { schema: { const: 5 } } },
            },
          },
          callbacks: {
            schema: {
              '{$url}': {
                post: {
                  responses: { 200: { description: '', content: { a: { schema: { const: 6 } } } } },
                },
              },
            },
          },
          'x-mine': { schema: { const: 7 } },
        },
      },
    },
    webhooks: { paid: { post: { requestBody: { content: { a: { schema: { const: 8 } } } } } } },
    components: { securitySchemes: { schema: { type: 'http', scheme: 'bearer' } } },
  };

  it('has no word that is newer, and the values of the author as they are', () => {
    expect(openapi30(document)).toEqual({
      openapi: '3.0.3',
      info: { title: 'Shop', version: '1', license: { name: 'MIT' } },
      paths: {
        '/': {
          post: {
            parameters: [
              {
                name: 'schema',
                in: 'query',
                schema: { enum: [1] },
                example: { schema: { const: 1 } },
              },
            ],
            requestBody: {
              content: {
                'application/json': {
                  schema: { enum: [2] },
                  examples: { schema: { value: { const: 2 } } },
                },
              },
            },
            responses: {
              200: {
                description: 'Lines',
                content: { 'application/jsonl': { schema: { type: 'string' } } },
              },
              default: {
                description: 'Error',
                headers: { schema: { schema: { enum: [4] } } },
                content: { 'text/html': { schema: { enum: [5] } } },
              },
            },
            callbacks: {
              schema: {
                '{$url}': {
                  post: {
                    responses: {
                      200: { description: '', content: { a: { schema: { enum: [6] } } } },
                    },
                  },
                },
              },
            },
            'x-mine': { schema: { const: 7 } },
          },
        },
      },
      'x-webhooks': {
        paid: { post: { requestBody: { content: { a: { schema: { enum: [8] } } } } } },
      },
      components: { securitySchemes: { schema: { type: 'http', scheme: 'bearer' } } },
    });
  });

  it('is a new one', () => {
    const before = structuredClone(document);
    openapi30(document);
    expect(document).toEqual(before);
  });
});
