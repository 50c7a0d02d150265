import {
  type Checker,
  ElementFlags,
  SignatureKind,
  SymbolFlags,
  type Type,
  TypeFlags,
  type TypeReference,
} from '../src/project/checker';
import type { DefinitionMap, ElementData, Members, TypeData } from '../src/types/type-data';

/** A type without names and functions: what the checker says and what the side-car says can be compared. */
export type Shape =
  | string
  | { readonly union: readonly Shape[] }
  | { readonly list: Shape }
  | { readonly tuple: readonly Shape[] }
  | { readonly optional: Shape }
  | { readonly rest: Shape }
  | { readonly object: Readonly<Record<string, Shape>> };

/** Deep enough to tell types apart, and an end for recursive ones. */
const deepest = 6;

/** As the checker has it. */
export function shapeOfType(type: Type, checker: Checker, depth = 0): Shape {
  const inner = (each: Type) => shapeOfType(each, checker, depth + 1);
  if (type.isUnionType())
    return union(type.getTypes().map((each) => shapeOfType(each, checker, depth)));
  if (type.isSubstitutionType()) return shapeOfType(type.getBaseType(), checker, depth);
  if (isFunction(type, checker)) return 'function';
  const parts = type.isIntersectionType() ? type.getTypes() : [];
  const branded = parts.find(({ flags }) => (flags & TypeFlags.Primitive) !== 0);
  if (branded) return shapeOfType(branded, checker, depth);
  if (parts.some((each) => checker.isArrayType(each) || checker.isTupleType(each)))
    return `unsupported: ${checker.typeToString(type)}`;
  if ((type.flags & (TypeFlags.Object | TypeFlags.Intersection)) === 0)
    return checker.typeToString(type);
  if (type.getSymbol()?.name === 'Date') return 'Date';
  if (depth > deepest) return '…';
  const args = () => checker.getTypeArguments(type as TypeReference);
  if (checker.isTupleType(type)) {
    const target = (type as TypeReference).getTarget();
    const flags = target.isTupleType() ? target.elementFlags : [];
    return { tuple: args().map((each, at) => elementOfType(inner(each), flags[at] ?? 0)) };
  }
  if (checker.isArrayType(type)) return { list: inner(args()[0]!) };
  const fields = checker
    .getPropertiesOfType(type)
    .map((property) => [property, checker.getTypeOfSymbol(property)!] as const)
    .filter(([, each]) => !isFunction(each, checker))
    .map(([property, each]): [string, Shape] => {
      const shape = inner(each);
      const isOptional = (property.flags & SymbolFlags.Optional) !== 0;
      return [property.name, isOptional ? { optional: defined(shape) } : shape];
    });
  const indexes = checker
    .getIndexInfosOfType(type)
    .map(({ keyType, valueType }): [string, Shape] => [
      `[${checker.typeToString(keyType)}]`,
      inner(valueType),
    ]);
  return { object: Object.fromEntries([...fields, ...indexes]) };
}

/** Methods, also those that a mapped type made optional. */
function isFunction(type: Type, checker: Checker): boolean {
  const types = type.isUnionType() ? type.getTypes() : [type];
  const others = types.filter(({ flags }) => (flags & TypeFlags.Undefined) === 0);
  return (
    others.length > 0 &&
    others.every((each) => checker.getSignaturesOfType(each, SignatureKind.Call).length > 0)
  );
}

function elementOfType(shape: Shape, flag: number): Shape {
  if ((flag & ElementFlags.Variable) !== 0) return { rest: shape };
  return (flag & ElementFlags.Optional) !== 0 ? { optional: defined(shape) } : shape;
}

/** As the side-car has it. */
export function shapeOfData(type: TypeData, defs: DefinitionMap, depth = 0): Shape {
  const inner = (each: TypeData) => shapeOfData(each, defs, depth + 1);
  if (typeof type === 'string') return type === 'boolean' ? union(['true', 'false']) : type;
  if ('lit' in type) return JSON.stringify(type.lit);
  if ('big' in type) return `${type.big}n`;
  if ('prim' in type) return shapeOfData(type.prim, defs, depth);
  if ('union' in type) return union(type.union.map((each) => shapeOfData(each, defs, depth)));
  if ('tpl' in type) {
    const between = type.of.map((each) => `\${${String(inner(each))}}`);
    return `\`${type.tpl.map((text, at) => text + (between[at] ?? '')).join('')}\``;
  }
  if ('ref' in type) return shapeOfReference(type, defs, depth);
  if ('builtin' in type) return type.builtin;
  if ('param' in type) return `the parameter ${type.param}`;
  if ('unsupported' in type) return `unsupported: ${type.unsupported}`;
  if ('foreign' in type)
    return type.of === undefined ? type.foreign : shapeOfData(type.of, defs, depth);
  if (depth > deepest) return '…';
  if ('array' in type) return { list: inner(type.array) };
  if ('tuple' in type) return { tuple: type.tuple.map((each) => elementOfData(each, inner)) };
  if ('record' in type)
    return { object: { [`[${String(inner(type.record[0]))}]`]: inner(type.record[1]) } };
  return shapeOfMembers(type.object, type.index, inner);
}

function shapeOfReference(
  { ref, args = [], to }: Extract<TypeData, { ref: string }>,
  defs: DefinitionMap,
  depth: number,
): Shape {
  const definition = defs[to ?? ref];
  if (definition === undefined) return `nothing: ${to ?? ref}`;
  if (definition.kind === 'function') return 'function';
  if (definition.kind === 'enum') return union(Object.values(definition.members).map(String));
  const params = to === undefined ? (definition.params ?? []) : [];
  const given = new Map(params.map((name, at) => [name, args[at] ?? 'unknown']));
  if (definition.kind === 'type') return shapeOfData(bound(definition.t, given), defs, depth);
  if (depth > deepest) return '…';
  const inner = (each: TypeData) => shapeOfData(bound(each, given), defs, depth + 1);
  return shapeOfMembers(definition.props, definition.index, inner);
}

/** A type with its parameters put in. */
function bound(type: TypeData, given: ReadonlyMap<string, TypeData>): TypeData {
  return JSON.parse(JSON.stringify(type), (_, value: unknown) => {
    const param = (value as { param?: unknown } | null)?.param;
    return typeof param === 'string' ? (given.get(param) ?? value) : value;
  }) as TypeData;
}

function shapeOfMembers(
  props: Members,
  index: TypeData | undefined,
  inner: (type: TypeData) => Shape,
): Shape {
  const fields = Object.entries(props)
    .filter(([, { t }]) => t !== 'function')
    .map(([name, { t, opt }]): [string, Shape] => [
      name,
      opt ? { optional: defined(inner(t)) } : inner(t),
    ]);
  const indexes = index === undefined ? [] : [['[string]', inner(index)] as const];
  return { object: Object.fromEntries([...fields, ...indexes]) };
}

function elementOfData(each: ElementData, inner: (type: TypeData) => Shape): Shape {
  if (typeof each === 'object' && 'rest' in each) return { rest: inner(each.rest) };
  return typeof each === 'object' && 'opt' in each
    ? { optional: defined(inner(each.opt)) }
    : inner(each);
}

function union(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((each) =>
    typeof each === 'object' && 'union' in each ? each.union : [each],
  );
  const distinct = new Map(
    flat.filter((each) => each !== 'never').map((each) => [JSON.stringify(each), each]),
  );
  const sorted = [...distinct].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return sorted.length === 1
    ? sorted[0]![1]
    : sorted.length === 0
      ? 'never'
      : { union: sorted.map(([, each]) => each) };
}

function defined(shape: Shape): Shape {
  return typeof shape === 'object' && 'union' in shape
    ? union(shape.union.filter((each) => each !== 'undefined'))
    : shape;
}
