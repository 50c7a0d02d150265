import { drop, isThenable } from '../errors/async';
import type { StandardResult, StandardSchema } from '../declare/standard-schema';
import { jsonSchemaOf } from './library-json';
import { describedOf, without, type Described, type Mode } from './library-definitions';
import type { JsonSchema } from './json-schema-type';
import { lazy } from './lazy';
import { plainField } from './plain-field';
import type { Field, LibrarySchema } from './schema';

const known = new WeakMap<StandardSchema, LibrarySchema>();

/** What a schema of another library says about its values; the same one gives the same, so that it is one component. */
export function librarySchemaOf(standard: StandardSchema): LibrarySchema {
  const before = known.get(standard);
  if (before !== undefined) return before;
  const made = make(standard);
  known.set(standard, made);
  return made;
}

function make(standard: StandardSchema): LibrarySchema {
  const written = lazy(() => ({
    input: jsonSchemaOf(standard, 'input'),
    output: jsonSchemaOf(standard, 'output'),
  }));
  const described = lazy(() => {
    const { input = {}, output = {} } = written();
    return describedOf({ input, output });
  });
  const input = (): JsonSchema | undefined =>
    written().input === undefined ? undefined : resolved(described()('input'));
  const takes = lazy(() => takenBy(standard, input()));
  return {
    kind: 'library',
    standard,
    get takes() {
      return takes();
    },
    get fields() {
      return takes() === 'object' ? fieldsOf(standard, described()) : [];
    },
    get takesNothing() {
      return accepts(standard, undefined) || input()?.['default'] !== undefined;
    },
    get secret() {
      return holdsSecret(written().input);
    },
    described: (mode) => described()(mode),
  };
}

/** What a JSON Schema says itself, not by an address. */
function resolved({ root, definitions }: Described, mode: Mode = 'input'): JsonSchema {
  const definition = definitions.get(String(root['$ref']));
  if (definition === undefined) return root;
  return { ...definition.described(mode).root, ...without(root, ['$ref']) };
}

function takenBy(standard: StandardSchema, json: JsonSchema | undefined): LibrarySchema['takes'] {
  return json === undefined ? takenInTrial(standard) : takenInWords(json);
}

function takenInWords(json: JsonSchema): LibrarySchema['takes'] {
  if (json['type'] === 'object') return 'object';
  if (json['type'] === 'array') return 'list';
  const parts = [json['anyOf'], json['oneOf'], json['allOf']].filter(Array.isArray).flat();
  const taken = (parts as JsonSchema[]).filter(({ type }) => type !== 'null').map(takenInWords);
  const [first] = taken;
  return first !== undefined && taken.every((one) => one === first) ? first : 'value';
}

/** A library that gives no JSON Schema is asked by examples: which are refused as a whole, which for what they hold. */
function takenInTrial(standard: StandardSchema): LibrarySchema['takes'] {
  if (!refusesWhole(standard, '')) return 'value';
  if (!refusesWhole(standard, {})) return 'object';
  return refusesWhole(standard, ['']) ? 'value' : 'list';
}

function refusesWhole(standard: StandardSchema, value: unknown): boolean {
  const result = tried(standard, value);
  return result?.issues?.some(({ path = [] }) => path.length === 0) ?? false;
}

function accepts(standard: StandardSchema, value: unknown): boolean {
  const result = tried(standard, value);
  return result !== undefined && result.issues === undefined;
}

/** What a schema says to an example; undefined where it cannot say so at once, or was not made for such a value. */
function tried(standard: StandardSchema, value: unknown): StandardResult<unknown> | undefined {
  try {
    const result = standard['~standard'].validate(value);
    if (!isThenable(result)) return result;
    drop(result);
    return undefined;
  } catch {
    return undefined;
  }
}

/** The fields of an object, each described by its part of the whole. */
function fieldsOf(
  standard: StandardSchema,
  described: (mode: Mode) => Described,
): readonly Field[] {
  const { properties = {}, required = [] } = resolved(described('input')) as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.keys(properties).map((name) => {
    const part = (mode: Mode): Described => {
      const { definitions } = described(mode);
      const whole = resolved(described(mode), mode) as { properties?: Record<string, JsonSchema> };
      return { root: whole.properties?.[name] ?? {}, definitions };
    };
    const { description, deprecated } = properties[name]!;
    const schema: LibrarySchema = {
      kind: 'library',
      standard,
      takes: takenInWords(resolved(part('input'))),
      fields: [],
      takesNothing: false,
      secret: false,
      described: part,
    };
    return plainField(name, schema, {
      presence: required.includes(name) ? 'required' : 'optional',
      notes: {
        ...(typeof description === 'string' && { description }),
        ...(deprecated === true && { deprecated }),
      },
    });
  });
}

/** Whether a schema says of itself, or of a part, that it is only written. */
function holdsSecret(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const { writeOnly, format } = json as JsonSchema;
  return writeOnly === true || format === 'password' || Object.values(json).some(holdsSecret);
}
