import { emitters, Programs } from './programs';

describe.each(emitters)('what a type says of data, by $emitter', (emitter) => {
  const programs = new Programs(emitter);
  const echo = (declarations: string, type: string) => programs.echo(declarations, type);

  const scalars: [
    type: string,
    accepted: [sent: unknown, read?: unknown][],
    refused: [sent: unknown, issue: string][],
    schema: unknown,
  ][] = [
    ['string', [['a']], [[1, 'string_type body.value']], { type: 'string' }],
    ['number', [[1.5], ['2', 2]], [['', 'float_parsing body.value']], { type: 'number' }],
    ['int', [[1], ['2', 2]], [[1.5, 'int_from_float body.value']], { type: 'integer' }],
    [
      'boolean',
      [[true], ['yes', true]],
      [['maybe', 'bool_parsing body.value']],
      { type: 'boolean' },
    ],
    ['bigint', [[12]], [[1.5, 'int_from_float body.value']], { type: 'integer' }],
    [
      'string | null',
      [['a'], [null]],
      [[1, 'string_type body.value']],
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ],
    ['null | string', [['a'], [null]], [], { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    ['int | string', [[1], ['1']], [], { anyOf: [{ type: 'integer' }, { type: 'string' }] }],
    [
      "'b' | 'a'",
      [['a']],
      [['c', 'literal_error body.value']],
      { type: 'string', enum: ['b', 'a'] },
    ],
    ["'a'", [['a']], [['b', 'literal_error body.value']], { const: 'a', type: 'string' }],
    [
      '1 | 2 | null',
      [[1], [null]],
      [[3, 'literal_error body.value']],
      { anyOf: [{ type: 'integer', enum: [1, 2] }, { type: 'null' }] },
    ],
    ['1n | 2n', [[1]], [[3, 'literal_error body.value']], { type: 'integer', enum: [1, 2] }],
    ['true', [[true]], [[false, 'literal_error body.value']], { const: true, type: 'boolean' }],
    [
      'Date',
      [['2026-01-02T03:04:05Z']],
      [['never', 'datetime_from_date_parsing body.value']],
      { type: 'string', format: 'date-time' },
    ],
    [
      'date',
      [['2026-01-02']],
      [['2026-02-30', 'date_from_datetime_parsing body.value']],
      { type: 'string', format: 'date' },
    ],
    [
      '`v${number}`',
      [['v1.5']],
      [['vx', 'string_pattern_mismatch body.value']],
      { type: 'string', pattern: expect.any(String) },
    ],
    [
      "`${'a' | 'b'}-${string}`",
      [['a-x'], ['b-x']],
      [['c-x', 'string_pattern_mismatch body.value.constrained-str']],
      {
        anyOf: [
          { type: 'string', pattern: expect.any(String) },
          { type: 'string', pattern: expect.any(String) },
        ],
      },
    ],
    [
      'string[]',
      [[['a']]],
      [[['a', 1], 'string_type body.value.1']],
      { type: 'array', items: { type: 'string' } },
    ],
    ['readonly int[]', [[[1]]], [], { type: 'array', items: { type: 'integer' } }],
    [
      'Set<int>',
      [
        [
          [1, 1, 2],
          [1, 2],
        ],
      ],
      [[{}, 'set_type body.value']],
      { type: 'array', uniqueItems: true, items: { type: 'integer' } },
    ],
    [
      '[string, int?]',
      [[['a']], [['a', 1]]],
      [
        [[], 'missing body.value.0'],
        [['a', 1, 2], 'too_long body.value'],
      ],
      {
        type: 'array',
        prefixItems: [{ type: 'string' }, { type: 'integer' }],
        minItems: 1,
        maxItems: 2,
      },
    ],
    [
      '[string, ...int[]]',
      [[['a', 1, 2]]],
      [[['a', 'b'], 'int_parsing body.value.1']],
      { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'integer' }, minItems: 1 },
    ],
    [
      'Record<string, int>',
      [[{ a: 1 }]],
      [[{ a: 'x' }, 'int_parsing body.value.a']],
      { type: 'object', additionalProperties: { type: 'integer' } },
    ],
    [
      '{ [name: string]: int }',
      [[{ a: 1 }]],
      [[{ a: 'x' }, 'int_parsing body.value.a']],
      { type: 'object', additionalProperties: { type: 'integer' } },
    ],
    [
      "Record<'a' | 'b', int>",
      [[{ a: 1, b: 2 }]],
      [[{ a: 1 }, 'missing body.value.b']],
      expect.anything(),
    ],
    [
      'Map<string, int>',
      [[{ a: 1 }]],
      [[{ a: 'x' }, 'int_parsing body.value.a']],
      { type: 'object', additionalProperties: { type: 'integer' } },
    ],
    [
      'Map<int, string>',
      [[{ 1: 'a' }]],
      [[{ x: 'a' }, 'int_parsing body.value.x.[key]']],
      { type: 'object', additionalProperties: { type: 'string' } },
    ],
    [
      'Record<number, string>',
      [[{ 1: 'a' }]],
      [[{ x: 'a' }, 'float_parsing body.value.x.[key]']],
      { type: 'object', additionalProperties: { type: 'string' } },
    ],
    [
      'email',
      [['ann@example.com']],
      [['ann', 'value_error body.value']],
      { type: 'string', format: 'email' },
    ],
    [
      'string & { readonly format?: "uuid" }',
      [['c0ffee00-0000-4000-8000-000000000000']],
      [['x', 'uuid_parsing body.value']],
      { type: 'string', format: 'uuid' },
    ],
    [
      'number & { readonly minimum?: 3 }',
      [[3]],
      [[2, 'greater_than_equal body.value']],
      { type: 'number', minimum: 3 },
    ],
    [
      'uuid',
      [['c0ffee00-0000-4000-8000-000000000000']],
      [['x', 'uuid_parsing body.value']],
      { type: 'string', format: 'uuid' },
    ],
    [
      'url',
      [['https://a.example/x']],
      [['a.example', 'url_parsing body.value']],
      { type: 'string', format: 'uri', minLength: 1, maxLength: 2083 },
    ],
    [
      'ip',
      [['::1'], ['10.0.0.1']],
      [['10.0.0.256', 'ip_any_address body.value']],
      { type: 'string', format: 'ipvanyaddress' },
    ],
    [
      'decimal',
      [['1.10'], [2, '2']],
      [['x', 'decimal_parsing body.value']],
      { anyOf: [{ type: 'number' }, { type: 'string' }] },
    ],
    [
      'datetime',
      [['2026-01-02T03:04:05']],
      [['x', 'datetime_from_date_parsing body.value']],
      { type: 'string', format: 'date-time' },
    ],
    [
      'time',
      [['09:30:00']],
      [['25:00', 'time_parsing body.value']],
      { type: 'string', format: 'time' },
    ],
    [
      'duration',
      [['PT1H30M']],
      [['soon', 'time_delta_parsing body.value']],
      { type: 'string', format: 'duration' },
    ],
    [
      'bytes',
      [['aGk=']],
      [[1, 'bytes_type body.value']],
      { type: 'string', contentEncoding: 'base64', contentMediaType: 'application/octet-stream' },
    ],
    [
      'Secret',
      [['pass', '**********']],
      [[1, 'string_type body.value']],
      { type: 'string', format: 'password', writeOnly: true },
    ],
    ['unknown', [[{ a: [1] }], [null]], [], {}],
    [
      '{ id: int; label?: string }',
      [[{ id: 1 }]],
      [[{}, 'missing body.value.id']],
      expect.anything(),
    ],
  ];

  describe.each(scalars)('%s', (type, accepted, refused, schema) => {
    const program = echo(`class Box { value!: ${type} }`, 'Box');

    it('is read, written and documented', async () => {
      for (const [sent, read = sent] of accepted)
        expect(await program.post({ value: sent })).toEqual({ value: read });
      for (const [sent, issue] of refused)
        expect((await program.refusal({ value: sent }))[0]).toBe(issue);
      const component = (await program.component('Box')) ?? (await program.component('Box-Input'));
      const { properties } = component as { properties: { value: { title?: string } } };
      const { title: _, ...documented } = properties.value;
      expect(documented).toEqual(schema);
    });
  });
});
