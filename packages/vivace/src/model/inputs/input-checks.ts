import type { AnyInputOptions } from '../../declare/options/input-options';
import type { Source } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { Schema } from '../../schema/schema';
import { checkWireName } from '../../declare/wire-names';
import { headerName } from '../../schema/names';
import type { ParameterInput } from '../node';
import { misplacedIn, type Misplaced } from './wire-types';

/** Refuses inputs that can never be what they say. */
export function checkInput(
  source: Source,
  schema: Schema,
  options: AnyInputOptions,
  absent: boolean,
  where: Where,
): void {
  if (source === 'path' && absent && (options.default !== undefined || options.optional))
    refusePathDefault(where);
  const misplaced = misplacedIn(source, schema);
  if (misplaced !== undefined) throw cannotCarry(source, misplaced, where);
}

function cannotCarry(source: Source, { field, what }: Misplaced, where: Where): BootError {
  const mark = `@${source[0]!.toUpperCase()}${source.slice(1)}()`;
  const [takes, write] = CARRIED[source];
  return new BootError(
    'INPUT_TYPE',
    where,
    field === undefined
      ? `${mark} takes ${takes}, not ${what}.`
      : `${mark} takes ${takes}, but its field '${field}' is ${what}.`,
    write,
  );
}

const VALUES = 'a DTO whose fields are single values';
const manyOf = (source: string): readonly [string, string] => [
  `single values, lists of them or a DTO with all values of the ${source}`,
  `@Body(), or ${VALUES}`,
];
const FORM = [
  'single values, files, lists of them or a DTO with all fields of the form',
  `@Body(), or ${VALUES} or files`,
] as const;

/** What a source carries, and what is written instead of anything else. */
const CARRIED: Readonly<Record<Source, readonly [takes: string, write: string]>> = {
  path: ['a single value', 'a type such as string or int'],
  query: manyOf('query'),
  header: manyOf('header'),
  cookie: manyOf('cookie'),
  form: FORM,
  file: FORM,
  body: ['JSON', '@Form() in place of the JSON body, since a form may have files'],
};

/** Refuses a header or cookie, or a field of a DTO of them, whose name no client can send. */
export function checkInputName({
  kind,
  alias,
  model,
  schema,
  convertNames,
  where,
}: ParameterInput): void {
  if (kind !== 'header' && kind !== 'cookie') return;
  if (!model) return checkWireName(kind, alias, where);
  if (schema.kind !== 'object' && schema.kind !== 'library') return;
  for (const name of schema.fields.flatMap((field) => field.in))
    checkWireName(kind, kind === 'header' && convertNames ? headerName(name) : name, where);
}

export function refusePathDefault(where: Where): never {
  throw new BootError(
    'PATH_DEFAULT',
    where,
    'A path parameter is always there: it cannot be optional and cannot have a default.',
    'the parameter without ? and default, and a second operation for the shorter path',
  );
}
