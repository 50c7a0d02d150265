import type { Field, ObjectSchema } from '../schema/schema';
import { explain } from './explain';
import type { Outcome } from './explain-reading';
import { setOwn } from './properties';
import { takesMany } from './text';
import { INVALID, validatorOf } from './validator';

/** The values of one kind that a request brought: its query, its headers, its cookies or its form. */
export interface Lookup {
  /** The last value of a name. */
  get(name: string): unknown;
  all(name: string): readonly unknown[];
  names(): Iterable<string>;
}

export interface ModelOptions {
  readonly loc: readonly (string | number)[];
  readonly groups?: readonly string[];
  /** Headers: the field `x_token` is read from `x-token`. */
  readonly convertNames?: boolean;
  /** Forms: an empty text is none. */
  readonly blankIsAbsent?: boolean;
}

/** Reads all values of one kind as one DTO. */
export function readModel(schema: ObjectSchema, lookup: Lookup, options: ModelOptions): Outcome | Promise<Outcome> {
  const { groups, loc } = options;
  const given = valuesGiven(schema, lookup, options);
  const value = validatorOf(schema, { mode: 'text', ...(groups === undefined ? {} : { groups }) })(given);
  if (value !== INVALID) return { value, issues: [] };
  return explain(schema, given, { loc, mode: 'text', ...(groups === undefined ? {} : { groups }) });
}

/** The values by the names of the fields on the wire, then those that belong to no field. */
function valuesGiven(schema: ObjectSchema, lookup: Lookup, options: ModelOptions): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const field of schema.fields.filter((each) => each.input && !each.computed)) {
    for (const name of field.in) {
      const sent = options.convertNames === true ? headerOf(field, name) : name;
      known.add(sent);
      const value = takesMany(field.schema) ? some(lookup.all(sent)) : lookup.get(sent);
      if (value !== undefined && !(value === '' && options.blankIsAbsent === true)) setOwn(given, name, value);
    }
  }
  for (const name of lookup.names()) {
    if (known.has(name)) continue;
    const values = lookup.all(name);
    setOwn(given, name, values.length === 1 ? values[0] : values);
  }
  return given;
}

function some(values: readonly unknown[]): readonly unknown[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** A name that was given explicitly is the header's own. */
function headerOf(field: Field, name: string): string {
  return (name === field.name ? name.replaceAll('_', '-') : name).toLowerCase();
}
