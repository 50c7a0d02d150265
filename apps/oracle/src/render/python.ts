import type {
  Enum,
  Input,
  Json,
  Model,
  Operation,
  Program,
  ScalarName,
  Slot,
  Type,
} from '../description';
import { tagOf } from './tagged';
import { enumNames } from './typescript';

/** The program as a user of FastAPI writes it. */
export function pythonOf(program: Program): string {
  const { enums, models, operations } = program;
  return [
    'from oracle import *',
    '',
    ...enums.map(enumOf),
    ...models.map((model) => modelOf(model, program)),
    'app = FastAPI()',
    '',
    ...operations.map((operation) => operationOf(operation, program)),
    '',
  ].join('\n');
}

function enumOf({ name, values }: Enum): string {
  const isText = Object.values(values).every((value) => typeof value === 'string');
  return [
    `class ${name}(${isText ? 'str, Enum' : 'IntEnum'}):`,
    ...Object.entries(values).map(([key, value]) => `    ${key} = ${literal(value)}`),
    '',
  ].join('\n');
}

function modelOf({ name, extra, strict, fields }: Model, program: Program): string {
  const config = entries({ extra, strict });
  return [
    `class ${name}(BaseModel):`,
    ...(config.length === 0 ? [] : [`    model_config = ConfigDict(${config.join(', ')})`]),
    ...fields.map((field) => `    ${slot(field, 'Field', program)}`),
    ...(fields.length === 0 ? ['    pass'] : []),
    '',
  ].join('\n');
}

function operationOf(operation: Operation, program: Program): string {
  const { name, method, path, inputs, returns } = operation;
  const parameters = inputs.map((input) =>
    slot(input, mark(input), program, input.embed === true ? { embed: true } : {}),
  );
  const result =
    returns === undefined
      ? `return seen(dict(${inputs.map((input) => `${input.name}=${input.name}`).join(', ')}))`
      : `return ${inputs[0]?.name ?? 'None'}`;
  return [
    `@app.${method.toLowerCase()}(${literal(path)})`,
    `async def ${name}(${parameters.length === 0 ? '' : '*, '}${parameters.join(', ')})${returns === undefined ? '' : ` -> ${typeText(returns, program)}`}:`,
    `    ${result}`,
    '',
  ].join('\n');
}

function mark({ source }: Input): string {
  return `${source[0]!.toUpperCase()}${source.slice(1)}`;
}

function slot(slotOf: Slot, mark: string, program: Program, more: object = {}): string {
  const { name, alias, type, rules = {}, title, description, optional } = slotOf;
  const { multipleOf, minLength, maxLength, maxDigits, decimalPlaces, ...others } = rules;
  const options = entries({
    alias,
    title,
    description,
    ...others,
    multiple_of: multipleOf,
    min_length: minLength,
    max_length: maxLength,
    max_digits: maxDigits,
    decimal_places: decimalPlaces,
    ...more,
  });
  const written = typeText(type, program);
  const needsMark = mark !== 'Field' || options.length > 0;
  const annotation = needsMark ? `Annotated[${written}, ${mark}(${options.join(', ')})]` : written;
  const initial =
    optional === true
      ? ' = UNSET'
      : slotOf.default === undefined
        ? ''
        : ` = ${defaultOf(slotOf.default, type, program.enums)}`;
  return `${name}: ${annotation}${initial}`;
}

function defaultOf(value: Json, type: Type, enums: readonly Enum[]): string {
  const found = enums.find((each) => enumNames(type).includes(each.name));
  return found !== undefined && Object.values(found.values).includes(value as never)
    ? `${found.name}(${literal(value)})`
    : literal(value);
}

function entries(object: object): string[] {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${literal(value as Json)}`);
}

function literal(value: Json): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${literal(key)}: ${literal(item)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
}

const SCALARS: Readonly<Record<ScalarName, string>> = {
  int: 'int',
  number: 'float',
  bigint: 'int',
  decimal: 'Decimal',
  boolean: 'bool',
  string: 'str',
  unknown: 'Any',
  Date: 'datetime',
  datetime: 'datetime',
  date: 'date',
  time: 'time',
  duration: 'timedelta',
  uuid: 'UUID',
  email: 'EmailStr',
  url: 'HttpUrl',
  ip: 'IPvAnyAddress',
  Secret: 'SecretStr',
};

function typeText(type: Type, program: Program): string {
  const text = (inner: Type): string => typeText(inner, program);
  switch (type.kind) {
    case 'null':
      return 'None';
    case 'scalar':
      return SCALARS[type.name];
    case 'enum':
    case 'model':
      return type.name;
    case 'literal':
      return `Literal[${type.values.map(literal).join(', ')}]`;
    case 'list':
    case 'set':
      return `${type.kind}[${text(type.of)}]`;
    case 'tuple':
      return type.rest === undefined
        ? `tuple[${type.items.length === 0 ? '()' : type.items.map(text).join(', ')}]`
        : `tuple[${[...type.items.map(text), `Unpack[tuple[${text(type.rest)}, ...]]`].join(', ')}]`;
    case 'record':
      return `dict[${text(type.keys)}, ${text(type.of)}]`;
    case 'union': {
      const tag = tagOf(type, program.models);
      if (tag === undefined)
        return `Union[${literalsJoined(type.members.flatMap(flat)).map(text).join(', ')}]`;
      const members = type.members.filter((member) => member.kind !== 'null');
      const tagged = `Annotated[Union[${members.map(text).join(', ')}], Field(discriminator=${literal(tag)})]`;
      return members.length === type.members.length ? tagged : `Union[${tagged}, None]`;
    }
  }
}

function flat(type: Type): readonly Type[] {
  return type.kind === 'union' ? type.members.flatMap(flat) : [type];
}

/** TypeScript has one union of all literals, in the place of the first. */
function literalsJoined(members: readonly Type[]): readonly Type[] {
  const literals = members.filter((member) => member.kind === 'literal');
  const values = [...new Set(literals.flatMap((member) => member.values))];
  return members.flatMap((member): readonly Type[] =>
    member.kind !== 'literal' ? [member] : member === literals[0] ? [{ ...member, values }] : [],
  );
}
