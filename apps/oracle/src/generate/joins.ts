import type { ScalarName, Type } from '../description';

/** TypeScript makes one of a type and its literals, and of types that are the same. */
export function joins(member: Type, others: readonly Type[]): boolean {
  const all = [member, ...others];
  const primitives = all.flatMap((each) => primitive(each));
  return new Set(primitives).size === primitives.length && !isAnything(member);
}

/** The same for types that Python takes for one, in whatever order unions and literals have their members. */
function nameInPython(type: Type): string {
  switch (type.kind) {
    case 'scalar':
      return SAME[type.name] ?? type.name;
    case 'literal':
      return `literal ${type.values
        .map((value) => JSON.stringify(value))
        .toSorted()
        .join()}`;
    case 'union':
      return `(${type.members.map(nameInPython).toSorted().join('|')})`;
    case 'list':
    case 'set':
      return `${type.kind}[${nameInPython(type.of)}]`;
    case 'record':
      return `record[${nameInPython(type.keys)},${nameInPython(type.of)}]`;
    case 'tuple': {
      const rest = type.rest === undefined ? '' : `...${nameInPython(type.rest)}`;
      return `[${type.items.map(nameInPython).join()}${rest}]`;
    }
    case 'null':
      return 'null';
    default:
      return `${type.kind} ${type.name}`;
  }
}

/** Python has one type for both. */
const SAME: Partial<Record<ScalarName, ScalarName>> = { bigint: 'int', datetime: 'Date' };

function primitive(type: Type): string[] {
  switch (type.kind) {
    case 'scalar':
      return [SAME[type.name] ?? type.name];
    case 'literal':
      return [...new Set(type.values.map((value) => typeof value))];
    case 'union':
      return type.members.flatMap(primitive);
    case 'null':
      return ['null'];
    default:
      return [nameInPython(type)];
  }
}

export function isAnything(type: Type): boolean {
  return type.kind === 'scalar' && type.name === 'unknown';
}
