import {
  type Checker,
  NodeBuilderFlags,
  ObjectFlags,
  SignatureKind,
  type Symbol,
  SymbolFlags,
  SyntaxKind,
  type Type,
  TypeFlags,
} from '../project/checker';

/** A class or an interface, with its arguments; `typeof Item` is none, but has its symbol. */
export function isDeclared(type: Type): boolean {
  return (
    type.isObjectType() &&
    (type.objectFlags & (ObjectFlags.ClassOrInterface | ObjectFlags.Reference)) !== 0
  );
}

/** The class or interface that unique symbols mark (`Address & { [hidden]?: 1 }`), which no value has, or `& object`. Undefined for other types. */
export function markedType(type: Type, checker: Checker): Type | undefined {
  const types = type.isIntersectionType() ? type.getTypes() : [];
  const [marked, another] = types.filter((each) => !isMark(each, checker));
  return marked && !another && isDeclared(marked) ? marked : undefined;
}

function isMark(type: Type, checker: Checker): boolean {
  if (is(type, TypeFlags.NonPrimitive)) return true;
  if (!type.isObjectType() || isFunction(type, checker)) return false;
  return (
    checker.getIndexInfosOfType(type).length === 0 &&
    checker.getPropertiesOfType(type).every(({ escapedName }) => escapedName.startsWith('__@'))
  );
}

/** A mapped type over a type parameter: what it consists of is known where an argument is given. The checker prints it as it is written. */
export function isOpenMapped(type: Type, checker: Checker): boolean {
  if (!isMapped(type)) return false;
  const printed = checker.typeToTypeNode(
    type,
    undefined,
    NodeBuilderFlags.NoTruncation | NodeBuilderFlags.InTypeAlias,
  );
  return printed?.kind === SyntaxKind.MappedType;
}

export function isMapped(type: Type): boolean {
  return type.isObjectType() && (type.objectFlags & ObjectFlags.Mapped) !== 0;
}

export function isFunction(type: Type, checker: Checker): boolean {
  return [SignatureKind.Call, SignatureKind.Construct].some(
    (kind) => checker.getSignaturesOfType(type, kind).length > 0,
  );
}

export function is(type: Type, flags: number): boolean {
  return (type.flags & flags) !== 0;
}

export function enumOf(type: Type): Symbol | undefined {
  const symbol = type.getSymbol();
  return symbol && (symbol.flags & SymbolFlags.EnumMember) !== 0 ? symbol.getParent() : symbol;
}
