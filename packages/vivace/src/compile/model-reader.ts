import { withChanges } from '../schema/with-changes';
import { headerName } from '../schema/names';
import type { Field, ObjectSchema } from '../schema/schema';
import { interpret } from '../validate/interpret';
import type { Outcome } from '../validate/validation-state';
import { setOwn } from '../validate/properties';
import { takesMany } from '../validate/text-reader';
import { validatorOf } from '../validate/validator';

/** The values of one kind that a request brought: its query, its headers, its cookies or its form. */
export interface Lookup {
  /** The last value of a name. */
  get(name: string): unknown;
  all(name: string): readonly unknown[];
  names(): Iterable<string>;
}

export interface ModelOptions {
  readonly loc: readonly (string | number)[];
  readonly groups?: readonly string[] | undefined;
  /** Headers: the field `x_token` is read from `x-token`. */
  readonly convertNames?: boolean;
  /** Forms: an empty field was not filled in. */
  readonly emptyIsAbsent?: boolean;
}

/** A reader of all values of one kind as one DTO. */
export interface ModelReader {
  /** Gives the instance or `INVALID`. */
  read(values: Lookup): unknown;
  interpret(values: Lookup): Outcome | Promise<Outcome>;
  /** All that an instance is made of. */
  sent(values: Lookup): unknown;
}

/** One name of a field, and how its values are found. */
interface Slot {
  readonly name: string;
  readonly many: boolean;
}

/** Makes the reader of a DTO. */
export function modelReaderOf(
  schema: ObjectSchema,
  { loc, groups, convertNames = false, emptyIsAbsent = false }: ModelOptions,
): ModelReader {
  const own = schema.fields.filter((field) => field.input && !field.computed);
  const sent = convertNames
    ? withChanges(schema, { fields: schema.fields.map(asHeaders) })
    : schema;
  const slots = sent.fields.filter((field) => field.input && !field.computed).flatMap(slotsOf);
  // A header that is called like a field is not the one that the field is read from, and no other either.
  const known = new Set([...slots.map(({ name }) => name), ...own.flatMap((field) => field.in)]);
  const options = { mode: 'text', ...(groups !== undefined && { groups }) } as const;
  const validate = validatorOf(sent, options);
  const given = (values: Lookup): Record<string, unknown> =>
    valuesGiven(values, slots, known, emptyIsAbsent);
  return {
    read: (values) => validate(given(values)),
    interpret: (values) => interpret(sent, given(values), { loc, ...options }),
    sent: (values) => {
      const names = schema.extra === 'ignore' ? slots.map(({ name }) => name) : values.names();
      return Array.from(names, (name) => [name, ...values.all(name)]);
    },
  };
}

const slotsOf = (field: Field): Slot[] =>
  field.in.map((name) => ({ name, many: takesMany(field.schema) }));

/** The values by the names of the fields on the wire, then those that belong to no field. */
function valuesGiven(
  values: Lookup,
  slots: readonly Slot[],
  known: ReadonlySet<string>,
  emptyIsAbsent: boolean,
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { name, many } of slots) {
    const value = many ? some(values.all(name)) : values.get(name);
    if (value !== undefined && !(emptyIsAbsent && value === '')) setOwn(given, name, value);
  }
  for (const name of values.names()) {
    if (known.has(name)) continue;
    setOwn(given, name, oneOrAll(values.all(name)));
  }
  return given;
}

/** What is sent once is that, what is sent several times is a list. */
export function oneOrAll<T>(values: readonly T[]): T | readonly T[] | undefined {
  return values.length < 2 ? values[0] : values;
}

function some(values: readonly unknown[]): readonly unknown[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** The field as headers have it. */
function asHeaders(field: Field): Field {
  return { ...field, in: field.in.map((name) => headerOf(field, name)) };
}

/** A name that was given explicitly is the header's own. */
function headerOf(field: Field, name: string): string {
  return name === field.name ? headerName(name) : name.toLowerCase();
}
