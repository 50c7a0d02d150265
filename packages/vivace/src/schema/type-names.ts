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
