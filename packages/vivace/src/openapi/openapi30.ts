import { schema30 } from './schema30';
import type { OpenAPIDocument } from '../declare/openapi';

/** Their keys are names of the author's, not words of OpenAPI. */
const MAPS: readonly string[] = [
  'responses',
  'headers',
  'callbacks',
  'parameters',
  'requestBodies',
  'securitySchemes',
  'links',
  'content',
];

/** Values of the author's, which are written as they are. */
const VALUES: readonly string[] = ['example', 'examples', 'default', 'enum'];

/**
 * A document as OpenAPI 3.0.3, for tools that do not read 3.1.
 *
 * Where 3.0 cannot say the same, it allows more, never less: a tuple becomes a list, a stream of items a text;
 * webhooks stand under `x-webhooks`.
 *
 * @example new Vivace({ docs: { transform: openapi30 } });
 */
export function openapi30({
  webhooks,
  jsonSchemaDialect: _dialect,
  ...document
}: OpenAPIDocument): OpenAPIDocument {
  const { summary: _summary, license, ...info } = document.info;
  return {
    ...(written(document) as OpenAPIDocument),
    openapi: '3.0.3',
    info: {
      ...info,
      ...(license !== undefined && { license: license30(license as object) }),
    },
    ...(webhooks !== undefined && { 'x-webhooks': written(webhooks) }),
  };
}

function license30({
  identifier: _identifier,
  ...license
}: {
  readonly identifier?: string;
}): object {
  return license;
}

/** Every schema in a part of a document, wherever it stands. */
function written(part: unknown, inside = ''): unknown {
  if (Array.isArray(part)) return part.map((one) => written(one));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => entry(key, value, inside)));
}

function entry(key: string, value: unknown, inside: string): readonly [string, unknown] {
  if (MAPS.includes(inside)) return [key, written(value)];
  if (VALUES.includes(key) || key.startsWith('x-')) return [key, value];
  if (inside === 'components' && key === 'schemas') return [key, mapped(value as object)];
  // An item of a stream is a word of OpenAPI 3.2.
  if (key === 'itemSchema') return ['schema', { type: 'string' }];
  return key === 'schema' && typeof value === 'object'
    ? [key, schema30(value)]
    : [key, written(value, key)];
}

function mapped(schemas: object): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, schema30(schema)]),
  );
}
