import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { parse, RequestValidationError } from 'vivace';
import type { Json } from './description';
import { runSubjects } from './subjects';
import type { Validated, Verdicts } from './validated';

type Class = new () => object;

function verdictsOf({ values }: Validated, load: () => { type: Class }): Verdicts[] {
  const { type } = load();
  return values.map((value) => {
    const verdicts = { ours: ours(type, value), theirs: theirs(type, value) };
    if (verdicts.ours.length + verdicts.theirs.length > 0) return verdicts;
    const [left, right] = [parse(type, value, { strict: true }), plainToInstance(type, value)];
    return { ...verdicts, made: { ours: classesIn(left), theirs: classesIn(right) } };
  });
}

/** The classes of a value and of all inside it; lists and sets are alike, plain objects and maps too. */
function classesIn(value: unknown): string {
  if (typeof value !== 'object' || value === null || value instanceof Date) return '';
  if (Array.isArray(value) || value instanceof Set)
    return `[${Array.from(value as Iterable<unknown>, classesIn).join(',')}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const name = value instanceof Map ? 'Object' : value.constructor.name;
  return `${name}{${entries.map(([, inner]) => classesIn(inner)).join('')}}`;
}

function ours(type: Class, value: Json): readonly string[] {
  try {
    parse(type, value, { strict: true });
    return [];
  } catch (error) {
    if (!(error instanceof RequestValidationError)) return [String(error)];
    return unique(error.issues.map(({ loc }) => loc.join('.').replace(/^(.*s\d+)\.\d+$/, '$1')));
  }
}

function theirs(type: Class, value: Json): readonly string[] {
  try {
    return unique(placesOf(validateSync(plainToInstance(type, value) as object)));
  } catch (error) {
    return [String(error)];
  }
}

/** The places that class-validator complains about: a list as a whole, not its items. */
function placesOf(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints, children = [] }) => [
    ...(constraints === undefined ? [] : [`${path}${property}`]),
    ...placesOf(children, `${path}${property}.`),
  ]);
}

function unique(places: readonly string[]): readonly string[] {
  return [...new Set(places)].toSorted();
}

void runSubjects(verdictsOf);
