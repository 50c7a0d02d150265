import type { Enum, Input, Json, Model, Operation, Program, Slot, Type } from '../description';

/** The program as a user of Vivace writes it. */
export function typescriptOf({ enums, models, operations }: Program): string {
  return [
    "import { Body, Controller, Cookie, Field, Form, Get, Header, Model, Path, Post, Query, Secret, Vivace } from 'vivace';",
    "import { date, datetime, decimal, duration, email, int, ip, time, url, uuid } from 'vivace';",
    "import { seen } from './seen';",
    '',
    ...enums.map(enumOf),
    ...models.map(modelOf),
    '@Controller()',
    'class Operations {',
    ...operations.map((operation) => operationOf(operation, enums)),
    '}',
    '',
    "export const app = new Vivace({ title: 'FastAPI', controllers: [Operations], logger: false, errors: { limit: 1000 } });",
    '',
  ].join('\n');

  function modelOf({ name, extra, strict, fields }: Model): string {
    const options = literal({ extra, strict } as Json);
    return [
      ...(options === '{}' ? [] : [`@Model(${options})`]),
      `class ${name} {`,
      ...fields.map((field) => `  ${decorator('Field', field)}${slot(field, enums, true)};`),
      '}',
      '',
    ].join('\n');
  }
}

function enumOf({ name, values }: Enum): string {
  const members = Object.entries(values).map(([key, value]) => `${key} = ${literal(value)}`);
  return `enum ${name} { ${members.join(', ')} }\n`;
}

function operationOf(operation: Operation, enums: readonly Enum[]): string {
  const { name, method, path, inputs, returns } = operation;
  const parameters = inputs.map((input) => `    ${marked(input)}${slot(input, enums, false)},`);
  const names = inputs.map((input) => input.name);
  const result =
    returns === undefined
      ? `return seen({ ${names.join(', ')} });`
      : `return ${names[0] ?? 'null'} as never;`;
  return [
    `  @${method === 'GET' ? 'Get' : 'Post'}(${literal(path.replaceAll(/\{(\w+)\}/g, ':$1'))})`,
    `  ${name}(`,
    ...parameters,
    `  )${returns === undefined ? '' : `: ${typeText(returns)}`} {`,
    `    ${result}`,
    '  }',
  ].join('\n');
}

function marked(input: Input): string {
  const { source, embed } = input;
  const mark = `${source[0]!.toUpperCase()}${source.slice(1)}`;
  return decorator(mark, input, embed === true ? { embed } : {}) || `@${mark}() `;
}

function decorator(name: string, { alias, rules, title, description }: Slot, more = {}): string {
  const { pattern, ...others } = rules ?? {};
  const options = [
    ...entries({ alias, title, description, ...others, ...more }),
    ...(pattern === undefined ? [] : [`pattern: /${pattern}/`]),
  ];
  return options.length === 0 ? '' : `@${name}({ ${options.join(', ')} }) `;
}

function entries(object: object): string[] {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${literal(value as Json)}`);
}

/** `name!: int`, `name?: int`, `name: int = 3`. */
function slot({ name, type, optional, ...rest }: Slot, enums: readonly Enum[], isField: boolean) {
  if (optional === true) return `${name}?: ${typeText(type)}`;
  if (rest.default === undefined) return `${name}${isField ? '!' : ''}: ${typeText(type)}`;
  return `${name}: ${typeText(type)} = ${initial(rest.default, type, enums)}`;
}

function initial(value: Json, type: Type, enums: readonly Enum[]): string {
  const found = enums.find((each) => enumNames(type).includes(each.name));
  const key = found && Object.keys(found.values).find((name) => found.values[name] === value);
  if (found !== undefined && key !== undefined) return `${found.name}.${key}`;
  return literal(value);
}

export function enumNames(type: Type): string[] {
  if (type.kind === 'enum') return [type.name];
  return type.kind === 'union' ? type.members.flatMap(enumNames) : [];
}

function literal(value: Json): string {
  return JSON.stringify(value);
}

function typeText(type: Type): string {
  switch (type.kind) {
    case 'null':
      return 'null';
    case 'scalar':
    case 'enum':
    case 'model':
      return type.name;
    case 'literal':
      return type.values.map((value) => JSON.stringify(value)).join(' | ');
    case 'list':
      return `Array<${typeText(type.of)}>`;
    case 'set':
      return `Set<${typeText(type.of)}>`;
    case 'tuple': {
      const rest = type.rest === undefined ? [] : [`...Array<${typeText(type.rest)}>`];
      return `[${[...type.items.map(typeText), ...rest].join(', ')}]`;
    }
    case 'record':
      return isText(type.keys)
        ? `Record<string, ${typeText(type.of)}>`
        : `Map<${typeText(type.keys)}, ${typeText(type.of)}>`;
    case 'union':
      return type.members.map(typeText).join(' | ');
  }
}

function isText(type: Type): boolean {
  return type.kind === 'scalar' && type.name === 'string';
}
