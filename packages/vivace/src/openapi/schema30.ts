import type { SchemaObject } from '../declare/openapi';

type Json = Readonly<Record<string, unknown>>;

/** What OpenAPI 3.0 has no word for, and nothing to say instead. */
const UNKNOWN: readonly string[] = [
  '$schema',
  '$id',
  '$anchor',
  '$comment',
  '$defs',
  'propertyNames',
  'patternProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contains',
  'minContains',
  'maxContains',
  'dependentRequired',
  'dependentSchemas',
  'if',
  'then',
  'else',
  'contentSchema',
  'contentMediaType',
  'contentEncoding',
];

/** A JSON Schema in the dialect of OpenAPI 3.0, which allows at least what the schema allows. */
export function schema30(schema: unknown): SchemaObject {
  if (typeof schema !== 'object' || schema === null) return schema === false ? { not: {} } : {};
  return [
    withoutReference,
    withoutNull,
    withoutTypes,
    withoutTuple,
    withBounds,
    withWords,
  ].reduce<SchemaObject>((written, step) => step(written), nested(schema as Json));
}

/** The schemas inside are written first. */
function nested(schema: Json): SchemaObject {
  const written: Record<string, unknown> = { ...schema };
  for (const key of ['items', 'not', 'additionalProperties'])
    if (typeof schema[key] === 'object') written[key] = schema30(schema[key]);
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'])
    if (Array.isArray(schema[key]))
      written[key] = schema[key].map((one) => (isNull(one) ? one : schema30(one)));
  if (isRecord(schema['properties']))
    written['properties'] = Object.fromEntries(
      Object.entries(schema['properties']).map(([name, one]) => [name, schema30(one)]),
    );
  return written;
}

/** What stands beside a reference would be ignored. */
function withoutReference(schema: SchemaObject): SchemaObject {
  const { $ref, ...beside } = schema;
  return $ref === undefined || Object.keys(beside).length === 0
    ? schema
    : { allOf: [{ $ref }], ...beside };
}

function withoutNull(schema: SchemaObject): SchemaObject {
  if (isNull(schema))
    return { ...without(schema, ['type', 'const']), nullable: true, enum: [null] };
  const key = (['anyOf', 'oneOf'] as const).find((one) =>
    (schema[one] as readonly unknown[] | undefined)?.some(isNull),
  );
  if (key === undefined) return schema;
  const others = (schema[key] as readonly SchemaObject[]).filter((one) => !isNull(one));
  const beside = { ...without(schema, [key]), nullable: true };
  const [only] = others;
  if (others.length !== 1 || only === undefined) return { [key]: others, ...beside };
  return '$ref' in only ? { allOf: [only], ...beside } : { ...only, ...beside };
}

function withoutTypes(schema: SchemaObject): SchemaObject {
  const { type, ...rest } = schema;
  if (!Array.isArray(type)) return schema;
  const others = type.filter((one) => one !== 'null');
  const nullable = others.length < type.length ? { nullable: true } : {};
  if (others.length === 1) return { type: others[0] as unknown, ...rest, ...nullable };
  return {
    anyOf: others.map((one: unknown) => ({ type: one, ...(one === 'array' && { items: {} }) })),
    ...rest,
    ...nullable,
  };
}

/** The order of the elements is lost. */
function withoutTuple(schema: SchemaObject): SchemaObject {
  const { prefixItems, ...rest } = schema;
  if (!Array.isArray(prefixItems))
    return schema['type'] === 'array' && !('items' in schema) ? { ...schema, items: {} } : schema;
  const more = isRecord(schema['items']) ? [schema['items']] : [];
  const kinds = [
    ...new Map(
      [...prefixItems, ...more].map((one) => [JSON.stringify(one), one as unknown]),
    ).values(),
  ];
  const open = schema['items'] === undefined || schema['items'] === true;
  return {
    ...rest,
    items:
      open && schema['maxItems'] !== prefixItems.length
        ? {}
        : kinds.length === 1
          ? kinds[0]
          : { anyOf: kinds },
  };
}

function withBounds(schema: SchemaObject): SchemaObject {
  const written: Record<string, unknown> = { ...schema };
  for (const [exclusive, plain, sharper] of [
    ['exclusiveMinimum', 'minimum', Math.max],
    ['exclusiveMaximum', 'maximum', Math.min],
  ] as const) {
    const bound = schema[exclusive];
    if (typeof bound !== 'number') continue;
    const other = schema[plain];
    const counts = typeof other !== 'number' || sharper(bound, other) === bound;
    if (counts) written[plain] = bound;
    if (counts) written[exclusive] = true;
    else delete written[exclusive];
  }
  return written;
}

function withWords(schema: SchemaObject): SchemaObject {
  const { const: constant, examples } = schema;
  const binary = schema['contentEncoding'] === undefined ? 'binary' : 'byte';
  return {
    ...without(schema, [...UNKNOWN, 'const', 'examples']),
    ...(constant !== undefined && { enum: [constant] }),
    ...(Array.isArray(examples) &&
      examples.length > 0 &&
      !('example' in schema) && { example: examples[0] as unknown }),
    ...(schema['contentMediaType'] === 'application/octet-stream' && { format: binary }),
  };
}

function isNull(schema: unknown): boolean {
  return isRecord(schema) && (schema['type'] === 'null' || schema['const'] === null);
}

function without(schema: Json, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
