import type { TypeData } from '../reflect/type-data';
import type { TupleItem } from './generics';
import { scalarPydantic, scalarTypeScript } from './kinds';
import type { Schema, UnionSchema } from './schema';

/** A type as TypeScript writes it. */
export function typeName(schema: Schema): string {
  switch (schema.kind) {
    case 'object':
      return schema.name ?? 'object';
    case 'list':
      return schema.unique === true
        ? `Set<${typeName(schema.items)}>`
        : `${bracketed(schema.items)}[]`;
    case 'tuple':
      return `[${schema.items.map(typeName).join(', ')}]`;
    case 'record':
      return `${schema.as === 'map' ? 'Map' : 'Record'}<${typeName(schema.keys)}, ${typeName(schema.values)}>`;
    case 'union':
      return schema.members.map(typeName).join(' | ');
    case 'recursive':
      return schema.name;
    case 'secret':
      return `Secret<${typeName(schema.inner)}>`;
    case 'library':
      return `${schema.standard['~standard'].vendor} schema`;
    default:
      return scalarTypeScript(schema);
  }
}

function bracketed(schema: Schema): string {
  const name = typeName(schema);
  return name.includes(' | ') ? `(${name})` : name;
}

/** What pydantic calls a type in the place of an issue. */
export function pydanticName(schema: Schema): string {
  switch (schema.kind) {
    case 'object':
      return schema.name ?? 'object';
    case 'list':
      return `${schema.unique === true ? 'set' : 'list'}[${pydanticName(schema.items)}]`;
    case 'tuple':
      return `tuple[${[...schema.items.map(pydanticName), ...(schema.rest === undefined ? [] : ['...'])].join(', ')}]`;
    case 'record':
      return `dict[${pydanticName(schema.keys)},${pydanticName(schema.values)}]`;
    case 'union':
      return unionName(schema);
    case 'recursive':
      return schema.name;
    case 'secret':
      return pydanticName(schema.inner);
    case 'library':
      return schema.standard['~standard'].vendor;
    default:
      return scalarPydantic(schema);
  }
}

/** One that takes null is `nullable` of the others; a tagged one says so. */
function unionName({ members, discriminator }: UnionSchema): string {
  const others = members.filter(({ kind }) => kind !== 'null').map(pydanticName);
  const kind = discriminator === undefined ? 'union' : 'tagged-union';
  const name = others.length === 1 ? String(others[0]) : `${kind}[${others.join(',')}]`;
  return others.length < members.length ? `nullable[${name}]` : name;
}

const PYTHON: Readonly<Record<string, string>> = {
  string: 'str',
  number: 'float',
  boolean: 'bool',
  bigint: 'int',
  null: 'NoneType',
  undefined: 'NoneType',
  any: 'Any',
  unknown: 'Any',
  object: 'dict',
  Date: 'datetime',
  Set: 'set',
  Map: 'dict',
};

/** A type as FastAPI writes it in titles: `Page[User]`, `list[str]`. */
export function displayName(type: TypeData): string {
  if (typeof type === 'string') return PYTHON[type] ?? type;
  const list = (name: string, types: readonly TypeData[]) =>
    types.length === 0 ? name : `${name}[${types.map(displayName).join(', ')}]`;
  if ('ref' in type) return list(shortName(type.ref), type.args ?? []);
  if ('builtin' in type) return list(PYTHON[type.builtin] ?? type.builtin, type.args ?? []);
  if ('foreign' in type)
    return type.of === undefined ? list(type.foreign, type.args ?? []) : displayName(type.of);
  if ('array' in type) return list('list', [type.array]);
  if ('union' in type) return list('Union', type.union);
  if ('record' in type) return list('dict', type.record);
  if ('tuple' in type) return list('tuple', type.tuple.map(plainItem));
  if ('prim' in type) return String(type.tags?.['format'] ?? displayName(type.prim));
  if ('lit' in type)
    return `Literal[${typeof type.lit === 'string' ? `'${type.lit}'` : String(type.lit)}]`;
  return 'object' in type ? (type.as ?? 'dict') : 'Any';
}

const plainItem = (item: TupleItem): TypeData =>
  typeof item === 'object' && 'opt' in item
    ? item.opt
    : typeof item === 'object' && 'rest' in item
      ? item.rest
      : item;

/** `User` for `shop/src/dto.ts#User~2`, and for one of several that were made of it. */
export const shortName = (id: string): string =>
  id.slice(id.lastIndexOf('#') + 1).replace(/(~\d+)?(@\d+)?$/, '');

/** The name of a component: `Page_User_` for `Page[User]`. */
export const componentName = (title: string): string => title.replace(/[^a-zA-Z0-9.\-_]/g, '_');
