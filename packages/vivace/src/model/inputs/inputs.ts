import { some } from '../../schema/visit';
import { present } from '../../declare/present';
import type { Type } from '../../declare/type';
import type { InputFacts, Source } from '../../declare/value-facts';
import type { AnyInputOptions } from '../../declare/options/input-options';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { SchemaBuilder } from '../../schema/builder';
import { accepting, constrain, inJson } from '../../schema/constraints';
import { headerName, titleOf } from '../../schema/names';
import type { Schema } from '../../schema/schema';
import { notNull, nullable } from '../../schema/union';
import { absenceOf, answered, REQUIRED, type Absence } from './absence';
import { checkInput, checkInputName } from './input-checks';
import type { BodyInput, InputDocs, ParameterInput } from '../node';
import { isNamed, type Parameter } from './parameters';

const NO_OPTIONS: AnyInputOptions = {};

/** The input of a parameter of a method or constructor. */
export function inputOfParameter(
  parameter: Parameter,
  source: Source,
  builder: SchemaBuilder,
): ParameterInput | BodyInput {
  const facts = parameter.mark?.kind === 'input' ? parameter.mark : undefined;
  const options = facts?.options ?? NO_OPTIONS;
  const named = isNamed(parameter) || facts?.alias !== undefined;
  // A whole body or DTO needs no name, as where it is destructured.
  const name = isNamed(parameter) ? parameter.name : (facts?.alias ?? source);
  const input = build(
    {
      source,
      name,
      named,
      facts,
      options,
      absence: absenceOf(options, parameter),
      description: parameter.description,
      where: parameter.where,
    },
    schemaOfParameter(parameter, facts, builder),
  );
  if (!named && parameter.type === undefined && !takesAll(input))
    throw nameless(parameter.where, source, facts?.type);
  return input;
}

const takesAll = (input: ParameterInput | BodyInput): boolean =>
  input.model || (input.kind === 'body' && !input.embed);

/** The input of an entry of `dependency({ … })`. */
export function inputOfEntry(
  name: string,
  facts: InputFacts,
  where: Where,
  builder: SchemaBuilder,
): ParameterInput | BodyInput {
  if (facts.type === undefined) {
    throw new BootError(
      'ENTRY_TYPE',
      where,
      `The entry '${name}' has no type, and there is no parameter to take it from.`,
      `${capital(facts.source)}(String, { … }), or another type value`,
    );
  }
  const { options } = facts;
  const schema = builder.fromValue(facts.type, where);
  return build(
    {
      source: facts.source,
      name,
      named: true,
      facts,
      options,
      absence: absenceOf(options, undefined),
      description: undefined,
      where,
    },
    options.nullable ? nullable(schema) : schema,
  );
}

interface Draft {
  readonly source: Source;
  readonly name: string;
  readonly named: boolean;
  readonly facts: InputFacts | undefined;
  readonly options: AnyInputOptions;
  readonly absence: Absence;
  readonly description: string | undefined;
  readonly where: Where;
}

function build(
  { source, name, named, facts, options, absence, description, where }: Draft,
  plain: Schema,
): ParameterInput | BodyInput {
  const accepts = source === 'file' ? listOf(options.media) : undefined;
  const written = source === 'body' && plain.kind !== 'bytes' ? inJson(plain) : plain;
  const constrained = constrain(
    accepts === undefined ? written : accepting(written, accepts, where),
    options,
    where,
  );
  const schema = source === 'form' ? formOf(constrained, facts) : constrained;
  const convertNames = options.convertNames !== false;
  const model =
    source === 'form'
      ? isModel(schema, facts)
      : isGroup(schema, facts) && source !== 'body' && source !== 'file';
  const wire =
    source === 'header' && !model
      ? (facts?.alias ?? (convertNames ? headerName(name) : name)).toLowerCase()
      : facts?.alias;
  const common = {
    name,
    schema,
    ...(source === 'path' ? REQUIRED : answered(absence, schema)),
    docs: docsOf(name, wire, options, description),
    groups: options.groups,
    where,
  };
  checkInput(source, schema, options, absence.presence !== 'required', where);
  if (source === 'body' || source === 'form' || source === 'file') {
    const { embed = false, maxSize } = options;
    const kind = source === 'form' && some(schema, isFile) ? 'file' : source;
    const media = source === 'file' ? undefined : listOf(options.media)?.[0];
    return Object.freeze({
      kind,
      alias: wire ?? name,
      named,
      model,
      embed,
      media,
      accepts,
      maxSize,
      ...common,
    });
  }
  const input = Object.freeze({
    kind: source,
    alias: wire ?? name,
    model,
    convertNames,
    ...common,
  });
  checkInputName(input);
  return input;
}

function schemaOfParameter(
  parameter: Parameter,
  facts: InputFacts | undefined,
  builder: SchemaBuilder,
): Schema {
  const { type, design, generics, where } = parameter;
  if (facts?.type !== undefined) {
    const schema = builder.fromValue(facts.type, where);
    return facts.options.nullable ? nullable(schema) : schema;
  }
  if (type !== undefined) return builder.fromType(type, where, generics);
  const lost: readonly unknown[] = [undefined, Object, Array];
  if (!lost.includes(design)) return builder.fromValue(design, where);
  const mark = capital(facts?.source ?? 'query');
  throw new BootError(
    'PARAMETER_TYPE',
    where,
    'Without the types of the program the type of this parameter is not known.',
    `@${mark}(String) or another type value, or run npx vivace-types`,
  );
}

/** Whether it takes all values of its source; what has a name on the wire is one of them. */
function isGroup(schema: Schema, facts: InputFacts | undefined): boolean {
  return schema.kind === 'library'
    ? schema.takes === 'object' && facts?.alias === undefined
    : schema.kind === 'object';
}

/** A form may also be one of several DTOs. */
function isModel(schema: Schema, facts: InputFacts | undefined): boolean {
  return (
    isGroup(schema, facts) ||
    (schema.kind === 'union' && schema.members.every((member) => isModel(member, facts)))
  );
}

/** No form says null: a DTO that may be null is one that need not be sent. */
function formOf(schema: Schema, facts: InputFacts | undefined): Schema {
  const sent = notNull(schema);
  return isModel(sent, facts) ? sent : schema;
}

/** A header is titled by its name on the wire, `X-Token`; any other input by its alias, or by its own name. */
function docsOf(
  name: string,
  wire: string | undefined,
  options: AnyInputOptions,
  description: string | undefined,
): InputDocs {
  return Object.freeze({
    impliedTitle: wire === undefined ? titleOf(name) : titleOfAlias(wire),
    hidden: options.hidden === true,
    ...present({
      title: options.title,
      description: options.description ?? description,
      examples: options.examples,
      deprecated: options.deprecated,
      schemaExtra: options.schemaExtra,
      openapiExamples: options.openapiExamples,
    }),
  });
}

/** `item-query` → `Item-Query`, as Python titles it. */
function titleOfAlias(alias: string): string {
  return alias
    .replaceAll('_', ' ')
    .replaceAll(/[A-Za-z]+/g, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase());
}

function nameless(where: Where, source: Source, type: Type | undefined): BootError {
  const given =
    typeof type === 'function' && type.name !== '' ? `${type.name}, { alias: 'name' }` : `'name'`;
  return new BootError(
    'PARAMETER_NAME',
    where,
    'Without the types of the program the name of this parameter is not known.',
    `the name on the wire, @${capital(source)}(${given}), or run npx vivace-types`,
  );
}

function listOf(media: AnyInputOptions['media']): readonly string[] | undefined {
  return typeof media === 'string' ? [media] : media;
}

const isFile = ({ kind }: Schema): boolean => kind === 'file';

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
