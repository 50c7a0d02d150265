import { isThenable } from '../errors/async';
import type { Issue } from '../errors/issue';
import type { BodyInput, ParameterInput } from '../model/node';
import { headerName } from '../schema/names';
import type { LibrarySchema } from '../schema/schema';
import { interpret } from '../validate/interpret';
import { setOwn } from '../validate/properties';
import type { Mode } from '../validate/scalars';
import type { Outcome } from '../validate/validation-state';
import { validatorOf } from '../validate/validator';
import { oneOrAll, type Lookup, type ModelOptions, type ModelReader } from './model-reader';
import { missing, type InputReading } from './reading';

/** What is absent is the schema's word, where another library's says what the input is and the program has no default. */
export function orSchema(
  { schema, presence, makeDefault, model }: ParameterInput | BodyInput,
  mode: Mode,
  reading: InputReading,
): InputReading {
  if (schema.kind !== 'library' || makeDefault !== undefined || model) return reading;
  const { loc, isAbsent } = reading;
  const ask = validatorOf(schema, { mode });
  const refused: Outcome =
    presence === 'optional' && !schema.takesNothing
      ? { value: undefined, issues: [] }
      : missing(loc);
  const settle = (outcome: Outcome): Outcome => (outcome.issues.length === 0 ? outcome : refused);
  return {
    ...reading,
    absent: undefined,
    isAbsent: () => false,
    read: (raw) => (isAbsent(raw) ? ask(undefined) : reading.read(raw)),
    interpret: (raw) => {
      if (!isAbsent(raw)) return reading.interpret(raw);
      const outcome = interpret(schema, undefined, { loc, mode });
      return isThenable(outcome) ? outcome.then(settle) : settle(outcome);
    },
  };
}

/** A field that the schema names, and what it is called on the wire. */
interface Named {
  readonly name: string;
  readonly wire: string;
  readonly many: boolean;
}

/** Makes the reader of all values of one kind as one object: text by its names, lists where the schema has lists. */
export function libraryGroupReader(
  schema: LibrarySchema,
  { loc, convertNames = false, emptyIsAbsent = false }: ModelOptions,
): ModelReader {
  const fields = schema.fields.map(({ name, schema: part }): Named => ({
    name,
    wire: convertNames ? headerName(name) : name,
    many: part.kind === 'library' && part.takes === 'list',
  }));
  const known = new Set(fields.flatMap(({ name, wire }) => [name, wire]));
  const wireNames = new Map(fields.map(({ name, wire }) => [name, wire]));
  const given = (values: Lookup): object => {
    const object = {};
    const set = (name: string, value: unknown): void => {
      if (value !== undefined && !(emptyIsAbsent && value === '')) setOwn(object, name, value);
    };
    for (const { name, wire, many } of fields) {
      const all = values.all(wire);
      set(name, many ? (all.length === 0 ? undefined : all) : values.get(wire));
    }
    for (const name of values.names()) if (!known.has(name)) set(name, oneOrAll(values.all(name)));
    return object;
  };
  const validate = validatorOf(schema, { mode: 'text' });
  const onWire = (issue: Issue): Issue => {
    const [name, ...rest] = issue.loc.slice(loc.length);
    const wire = wireNames.get(String(name));
    return wire === undefined ? issue : { ...issue, loc: [...loc, wire, ...rest] };
  };
  const settle = ({ value, issues }: Outcome): Outcome => ({ value, issues: issues.map(onWire) });
  // Read once: what the schema said of it is then known when it is explained.
  const read = new WeakMap<Lookup, object>();
  return {
    read: (values) => {
      const object = given(values);
      read.set(values, object);
      return validate(object);
    },
    interpret: (values) => {
      const object = read.get(values) ?? given(values);
      const outcome = interpret(schema, object, { loc, mode: 'text' });
      return isThenable(outcome) ? outcome.then(settle) : settle(outcome);
    },
    sent: (values) => {
      // Of headers and cookies most have nothing to do with the operation.
      const named = fields.length > 0 && (loc[0] === 'header' || loc[0] === 'cookie');
      const names = named ? fields.map(({ wire }) => wire) : values.names();
      return Array.from(names, (name) => [name, ...values.all(name)]);
    },
  };
}
