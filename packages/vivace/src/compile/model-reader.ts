import { isThenable } from '../errors/async';
import type { Issue } from '../errors/issue';
import { headerName } from '../schema/names';
import type { Field, ObjectSchema } from '../schema/schema';
import { explainerOf } from '../validate/explain';
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

/** One name of a field, what the request calls it, and how its values are found. */
interface Slot {
  readonly name: string;
  readonly wire: string;
  readonly many: boolean;
}

/** Makes the reader of a DTO. */
export function modelReaderOf(
  schema: ObjectSchema,
  { loc, groups, convertNames = false, emptyIsAbsent = false }: ModelOptions,
): ModelReader {
  const slots = schema.fields
    .filter((field) => field.input && !field.computed)
    .flatMap((field) => slotsOf(field, convertNames));
  // A header that is called like a field is not the one that the field is read from, and no other either.
  const known = new Set(slots.flatMap(({ name, wire }) => [name, wire]));
  const wires = new Map(slots.map(({ name, wire }) => [name, wire]));
  const onWire = (issue: Issue): Issue => {
    const [name, ...rest] = issue.loc.slice(loc.length);
    const wire = wires.get(String(name));
    return wire === undefined ? issue : { ...issue, loc: [...loc, wire, ...rest] };
  };
  const settle = ({ value, issues }: Outcome): Outcome => ({ value, issues: issues.map(onWire) });
  const options = { mode: 'text', ...(groups !== undefined && { groups }) } as const;
  const validate = validatorOf(schema, options);
  const explain = explainerOf(schema, { loc, ...options });
  const given = (values: Lookup): Record<string, unknown> =>
    valuesGiven(values, slots, known, emptyIsAbsent);
  return {
    read: (values) => validate(given(values)),
    interpret: (values) => {
      const outcome = explain(given(values));
      if (!convertNames) return outcome;
      return isThenable(outcome) ? outcome.then(settle) : settle(outcome);
    },
    sent: (values) => {
      const names = schema.extra === 'ignore' ? slots.map(({ wire }) => wire) : values.names();
      return Array.from(names, (name) => [name, ...values.all(name)]);
    },
  };
}

const slotsOf = (field: Field, convertNames: boolean): Slot[] =>
  field.in.map((name) => ({
    name,
    wire: convertNames ? headerOf(field, name) : name,
    many: takesMany(field.schema),
  }));

/** The values by the names of the fields, then those that belong to no field. */
function valuesGiven(
  values: Lookup,
  slots: readonly Slot[],
  known: ReadonlySet<string>,
  emptyIsAbsent: boolean,
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { name, wire, many } of slots) {
    const value = many ? some(values.all(wire)) : values.get(wire);
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

/** A name that was given explicitly is the header's own. */
function headerOf(field: Field, name: string): string {
  return name === field.name ? headerName(name) : name.toLowerCase();
}
