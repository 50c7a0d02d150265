import type { SchemaObject } from '../declare/openapi';

type Json = Readonly<Record<string, unknown>>;

/** What OpenAPI 3.0 has no word for, and nothing to say instead: without it more is allowed, not less. */
const UNKNOWN: readonly string[] = [
  '$schema',
  '$id',
  '$anchor',
  '$comment',
  '$defs',
  '$dynamicAnchor',
  '$dynamicRef',
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
/** Words that say nothing of what is valid, so that they may move to a schema around. */
const WORDS: readonly string[] = [
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
];
/** What may refuse null beside a type that allows it. */
const PARTS: readonly string[] = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not'];

/** Null, which `nullable` allows only beside a type. */
const NULL: SchemaObject = { type: 'object', nullable: true, enum: [null] };

/** A JSON Schema in the dialect of OpenAPI 3.0, which allows at least what the schema allows. */
export function schema30(schema: unknown): SchemaObject {
  if (!isRecord(schema)) return schema === false ? { not: {} } : {};
  return [
    withoutNull,
    withoutNegation,
    withParts,
    withoutChoice,
    withoutReference,
    withoutTypes,
    withoutTuple,
    withBounds,
    withWords,
  ].reduce<SchemaObject>((written, step) => step(written), schema);
}

/** Null among others stands beside the one type that there is, else it is a choice of its own. */
function withoutNull(schema: SchemaObject): SchemaObject {
  if (isNull(schema)) return { ...only(schema, WORDS), ...NULL };
  const key = choiceWithNull(schema);
  if (key === undefined) return schema;
  const [other, ...more] = (schema[key] as readonly unknown[]).filter((one) => !isNull(one));
  const beside = without(schema, [key]);
  const joins = more.length === 0 && isRecord(other) && mayBeNull(other);
  return joins && Object.keys(beside).every((word) => WORDS.includes(word))
    ? { ...orNull(other), ...beside }
    : schema;
}

function orNull({ const: constant, ...schema }: Json): SchemaObject {
  const { type, enum: values = constant === undefined ? undefined : [constant] } = schema;
  return {
    ...schema,
    type: [type, 'null'],
    ...(values !== undefined && { enum: [...listOf(values), null] }),
  };
}

function choiceWithNull(schema: Json): 'anyOf' | 'oneOf' | undefined {
  return (['anyOf', 'oneOf'] as const).find((key) => listOf(schema[key]).some(isNull));
}

/** Whether a schema says what is valid by one type, so that null beside it is all that it takes. */
function mayBeNull(schema: Json): boolean {
  return typeof schema['type'] === 'string' && !PARTS.some((key) => key in schema);
}

/** What is allowed less by what is not allowed more: only what 3.0 says as it is may be denied. */
function withoutNegation(schema: SchemaObject): SchemaObject {
  const { not, ...rest } = schema;
  if (not === undefined || not === false) return rest;
  if (not === true) return { ...rest, not: {} };
  return isSame(not) ? schema : rest;
}

/** Whether 3.0 says the same by the same words. */
function isSame(schema: unknown): boolean {
  if (!isRecord(schema) || '$ref' in schema) return false;
  return JSON.stringify(schema30(schema)) === JSON.stringify(schema);
}

/** The schemas inside. */
function withParts(schema: SchemaObject): SchemaObject {
  const written: Record<string, unknown> = { ...schema };
  if ('items' in schema) written['items'] = schema30(schema['items']);
  if (isRecord(schema['additionalProperties']))
    written['additionalProperties'] = schema30(schema['additionalProperties']);
  // What a pattern lets through would be refused without it.
  if (schema['patternProperties'] !== undefined) delete written['additionalProperties'];
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'])
    if (Array.isArray(schema[key])) written[key] = schema[key].map(schema30);
  if (isRecord(schema['properties']))
    written['properties'] = Object.fromEntries(
      Object.entries(schema['properties']).map(([name, one]) => [name, schema30(one)]),
    );
  return written;
}

/** Schemas that allow more may overlap; those that a property tells apart do not. */
function withoutChoice(schema: SchemaObject): SchemaObject {
  const { oneOf, ...rest } = schema;
  if (!Array.isArray(oneOf) || isRecord(schema['discriminator'])) return schema;
  return 'anyOf' in rest
    ? { ...rest, allOf: [...listOf(rest['allOf']), { anyOf: oneOf }] }
    : { anyOf: oneOf, ...rest };
}

/** What stands beside a reference would be ignored. */
function withoutReference(schema: SchemaObject): SchemaObject {
  const { $ref, ...beside } = schema;
  // What stands inside of the schema is lost with `$defs`.
  if (typeof $ref === 'string' && /^#(?!\/components\/)/.test($ref)) return beside;
  return $ref === undefined || Object.keys(beside).length === 0
    ? schema
    : { ...beside, allOf: [{ $ref }, ...listOf(beside['allOf'])] };
}

function withoutTypes(schema: SchemaObject): SchemaObject {
  const { type, ...rest } = schema;
  if (!Array.isArray(type)) return schema;
  const nullable = type.includes('null') ? { nullable: true } : {};
  const [first, ...more] = type.filter((one) => one !== 'null').map(listed);
  if (first === undefined) return { ...rest, ...NULL };
  if (more.length === 0) return { ...first, ...rest, ...nullable };
  const types = [first, ...more].map((one) => ({ ...one, ...nullable }));
  return 'anyOf' in rest
    ? { ...rest, allOf: [...listOf(rest['allOf']), { anyOf: types }] }
    : { anyOf: types, ...rest };
}

const listed = (type: unknown): SchemaObject => ({
  type,
  ...(type === 'array' && { items: {} }),
});

/** The order of the elements is lost. */
function withoutTuple(schema: SchemaObject): SchemaObject {
  const { prefixItems, ...rest } = schema;
  if (!Array.isArray(prefixItems))
    return schema['type'] === 'array' && !('items' in schema) ? { ...schema, items: {} } : schema;
  const isWhole = schema['maxItems'] === prefixItems.length;
  if (!('items' in schema) && !isWhole) return { ...rest, items: {} };
  const more = isWhole || isNothing(schema['items']) ? [] : [schema['items']];
  const kinds = distinct([...prefixItems, ...more]);
  return {
    ...rest,
    items: kinds.length === 0 ? {} : kinds.length === 1 ? kinds[0] : { anyOf: kinds },
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

/** `byte` is not said: it means base64 of another alphabet. */
function withWords(schema: SchemaObject): SchemaObject {
  const { const: constant, examples, required } = schema;
  const isBinary =
    schema['contentMediaType'] === 'application/octet-stream' &&
    schema['contentEncoding'] === undefined;
  return {
    ...without(schema, [...UNKNOWN, 'const', 'examples', 'required']),
    ...(constant !== undefined && { enum: [constant] }),
    ...(listOf(required).length > 0 && { required }),
    ...(Array.isArray(examples) &&
      examples.length > 0 &&
      !('example' in schema) && { example: examples[0] }),
    ...(isBinary && { format: 'binary' }),
  };
}

function isNull(schema: unknown): boolean {
  return isRecord(schema) && (schema['type'] === 'null' || schema['const'] === null);
}

function isNothing(schema: unknown): boolean {
  return isRecord(schema) && isRecord(schema['not']) && Object.keys(schema['not']).length === 0;
}

function distinct(schemas: readonly unknown[]): unknown[] {
  return [...new Map(schemas.map((one) => [JSON.stringify(one), one])).values()];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function only(schema: Json, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => keys.includes(key)));
}

function without(schema: Json, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
