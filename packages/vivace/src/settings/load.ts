import { interpret } from '../validate/interpret';
import { isThenable } from '../errors/async';
import { declarationOf } from '../declare/class-facts';
import { isProduction, type Environment } from '../declare/environment';
import type { SettingsOptions } from '../declare/options/settings-options';
import { BootError } from '../errors/boot-error';
import type { Issue } from '../errors/issue';
import type { Where } from '../errors/where';
import { defaultBuilder } from '../schema/default-builder';
import type { Class } from '../declare/class';
import { Sources } from './sources';
import { Variables } from './variables';
import { weakSecrets } from './weak-secrets';

/**
 * Reads settings outside an application.
 *
 * @param settings the class with `@Settings()`
 * @param environment the variables, in place of `process.env`; the files that the class names are read as well
 * @throws BootError, one for all missing and wrong variables
 * @example
 * const { databaseUrl } = loadSettings(ShopSettings);
 */
export function loadSettings<T extends object>(
  settings: new () => T,
  environment: Environment = process.env,
): T {
  return readSettings([settings], environment)[0] as T;
}

/** An instance of each class; one error speaks of the problems of all. */
export function readSettings(types: readonly Class[], environment: Environment): readonly object[] {
  const readings = types.map((type) => readOne(type, environment));
  const broken = readings.filter(({ problems }) => problems.length > 0);
  if (broken.length > 0) throw invalid(broken);
  return readings.map(({ value }) => value as object);
}

interface Problem {
  readonly name: string;
  readonly text: string;
}
interface ReadingOfClass {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly where: Where;
  readonly options: SettingsOptions;
}

function readOne(type: Class, environment: Environment): ReadingOfClass {
  const builder = defaultBuilder();
  const { settings, where: decorated } = declarationOf(type);
  const options = settings ?? {};
  const where: Where = {
    type: type.name,
    file: decorated?.file,
    line: decorated?.line,
    ...builder.types.place(type),
  };
  const schema = builder.fromClass(type, where);
  const variables = new Variables(new Sources(options, environment), options);
  const outcome = interpret(schema, variables.read(schema), { loc: [], mode: 'text' });
  if (isThenable(outcome))
    throw new TypeError(
      `${type.name} has an asynchronous validator, which settings cannot wait for.`,
    );
  const { value, issues } = outcome;
  const problems = issues.map((issue) => problemOf(issue, variables));
  if (issues.length === 0 && isProduction(environment)) {
    const isGiven = (place: readonly string[]): boolean =>
      variables.originOf(place).found !== undefined;
    for (const { place, weakness } of weakSecrets(schema, value, isGiven)) {
      const { name, inside } = variables.originOf(place);
      problems.push({ name, text: `${[name, ...inside].join('.')} ${weakness}` });
    }
  }
  return { value, problems, where, options };
}

function problemOf(issue: Issue, variables: Variables): Problem {
  const { name, found, inside } = variables.originOf(issue.loc);
  if (found === undefined && issue.type === 'missing') return { name, text: `${name} is missing` };
  const place = [name, ...inside].join('.');
  const from = found === undefined ? '' : ` (from ${found.from})`;
  if (variables.unreadable.has(name)) return { name, text: `${name}${from} is not JSON` };
  return { name, text: `${place}${from}: ${issue.msg}${shown(issue)}` };
}

/** Values of these kinds hold no secrets, unlike addresses and texts. */
const SHOWN: ReadonlySet<string> = new Set([
  'int_parsing',
  'float_parsing',
  'bool_parsing',
  'literal_error',
  'enum',
]);

function shown({ type, input }: Issue): string {
  return SHOWN.has(type) && typeof input === 'string' && input.length <= 40
    ? `; it is '${input}'`
    : '';
}

function invalid(readings: readonly ReadingOfClass[]): BootError {
  const problems = readings.flatMap((reading) => reading.problems);
  const names = [...new Set(problems.map(({ name }) => name))];
  const where =
    readings.length === 1
      ? readings[0]!.where
      : { type: readings.map((reading) => reading.where.type).join(', ') };
  const places = readings.flatMap(({ options: { envFile = [], secretsDir = [] } }) =>
    [envFile, secretsDir].flat(),
  );
  return new BootError(
    'SETTINGS_INVALID',
    where,
    `${names.length === 1 ? 'A variable is' : `${names.length} variables are`} missing or wrong:\n${problems.map(({ text }) => `    ${text}`).join('\n')}`,
    `${names.map((name) => `${name}=…`).join(' ')} in ${['the environment', ...new Set(places)].join(' or ')}`,
  );
}
