import { alternatives, walk } from '../schema/visit';
import type { SettingsOptions } from '../declare/options/settings-options';
import { isObject, setOwn } from '../validate/properties';
import type { ObjectSchema, RecordSchema, Schema } from '../schema/schema';
import { hasParts, variablesOf } from './names';
import type { Found, Sources } from './sources';

type Path = readonly (string | number)[];

/** Where a value comes from. */
export interface Origin {
  /** The variable. */
  readonly name: string;
  /** Undefined: there is no such variable. */
  readonly found: Found | undefined;
  /** The place inside the JSON that the variable holds. */
  readonly inside: Path;
}

/** The variables of one settings class: one a field, several for a nested object, JSON for lists and objects. */
export class Variables {
  /** Those that should hold JSON and do not. */
  readonly unreadable = new Set<string>();
  readonly #prefix: string;
  readonly #delimiter: string;
  /** By the place of the value. */
  readonly #names = new Map<string, string>();
  readonly #open = new Set<ObjectSchema>();

  readonly #sources: Sources;
  readonly #options: SettingsOptions;

  constructor(sources: Sources, options: SettingsOptions) {
    this.#sources = sources;
    this.#options = options;

    this.#prefix = options.prefix ?? '';
    this.#delimiter = options.delimiter ?? '__';
  }

  /** The values by the names of the fields, not yet validated. */
  read(schema: ObjectSchema): Record<string, unknown> {
    return this.#object(schema, this.#prefix, []);
  }

  /** The variable that gave the value at a place, or that has to give it. */
  originOf(place: Path): Origin {
    const ends = place.map((_, index) => place.length - index);
    const known = ends.flatMap((end) => {
      const name = this.#names.get(JSON.stringify(place.slice(0, end)));
      return name === undefined
        ? []
        : [{ name, found: this.#sources.get(name), inside: place.slice(end) }];
    });
    return (
      known.find(({ found }) => found !== undefined) ??
      known[0] ?? { name: this.#prefix, found: undefined, inside: place }
    );
  }

  #object(schema: ObjectSchema, prefix: string, path: Path): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    this.#open.add(schema);
    for (const field of schema.fields.filter((each) => each.input && !each.computed)) {
      const key = field.in[0] ?? field.name;
      const place = [...path, key];
      const names = variablesOf(field, prefix, path.length === 0, this.#options);
      const name = names.find((each) => this.#sources.get(each) !== undefined) ?? names[0]!;
      this.#names.set(JSON.stringify(place), name);
      const value = this.#value(field.schema, name, place, field.presence === 'required');
      if (value !== undefined) setOwn(values, key, value);
    }
    this.#open.delete(schema);
    return values;
  }

  #value(schema: Schema, name: string, path: Path, required: boolean): unknown {
    const found = this.#sources.get(name);
    if (!hasParts(schema)) return found?.text;
    const whole = found === undefined ? undefined : this.#json(schema, name, found.text);
    if (whole !== undefined && !isObject(whole)) return whole;
    const prefix = name + this.#delimiter;
    const nested = this.#nested(schema, prefix, path);
    if (whole !== undefined || nested !== undefined) return merged(whole ?? {}, nested ?? {});
    // What is missing is then named variable by variable.
    return required && schema.kind === 'object' && !this.#open.has(schema)
      ? this.#object(schema, prefix, path)
      : undefined;
  }

  #json(schema: Schema, name: string, text: string): unknown {
    const mayBeText = schema.kind === 'union' && !schema.members.every(hasParts);
    try {
      const value: unknown = JSON.parse(text);
      return mayBeText && typeof value !== 'object' ? text : value;
    } catch {
      if (!mayBeText) this.unreadable.add(name);
      return text;
    }
  }

  #nested(schema: Schema, prefix: string, path: Path): Record<string, unknown> | undefined {
    const below = this.#sources.below(prefix);
    if (below.length === 0) return undefined;
    return [...walk(schema, alternatives)]
      .filter(isOpen)
      .map((part) =>
        part.kind === 'object'
          ? this.#object(part, prefix, path)
          : this.#record(part, below, prefix, path),
      )
      .reduce<Record<string, unknown> | undefined>(
        (all, values) => merged(all ?? {}, values),
        undefined,
      );
  }

  #record(
    schema: RecordSchema,
    below: readonly string[],
    prefix: string,
    path: Path,
  ): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const key of new Set(below.map((name) => name.split(this.#delimiter)[0]!))) {
      const place = [...path, key];
      this.#names.set(JSON.stringify(place), prefix + key);
      const value = this.#value(schema.values, prefix + key, place, false);
      if (value !== undefined) setOwn(values, key, value);
    }
    return values;
  }
}

/** What can be given variable by variable. */
const isOpen = (schema: Schema): schema is ObjectSchema | RecordSchema =>
  schema.kind === 'object' || schema.kind === 'record';

function merged(
  whole: Readonly<Record<string, unknown>>,
  nested: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, value] of [...Object.entries(whole), ...Object.entries(nested)]) {
    const before = Object.hasOwn(values, key) ? values[key] : undefined;
    setOwn(values, key, isObject(before) && isObject(value) ? merged(before, value) : value);
  }
  return values;
}
