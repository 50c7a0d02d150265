import {
  type Checker,
  ObjectFlags,
  SignatureKind,
  type Symbol,
  SymbolFlags,
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

/** A mapped type over a type parameter: what it consists of is known where an argument is given. */
export function isOpen(type: Type): boolean {
  if (type.isIntersectionType()) return type.getTypes().some(isOpen);
  return (
    isMapped(type) &&
    type.getAliasTypeArguments().some((each) => is(each, madeOfParameters) || isOpen(each))
  );
}

const madeOfParameters =
  TypeFlags.TypeParameter | TypeFlags.Index | TypeFlags.IndexedAccess | TypeFlags.Conditional;

export function isMapped(type: Type): boolean {
  return type.isObjectType() && (type.objectFlags & ObjectFlags.Mapped) !== 0;
}

/** An object type that only an alias can name: a literal, mapped or intersected one with properties, not a class, a list, a record or a function. */
export function isDataObject(type: Type, checker: Checker): boolean {
  if (type.isIntersectionType())
    return type.getTypes().every((each) => each.isObjectType() && !isFunction(each, checker));
  if (!type.isObjectType() || checker.isArrayType(type) || checker.isTupleType(type)) return false;
  if ((type.objectFlags & (ObjectFlags.ClassOrInterface | ObjectFlags.Reference)) !== 0)
    return false;
  if (isFunction(type, checker)) return false;
  return (
    checker.getPropertiesOfType(type).length > 0 || checker.getIndexInfosOfType(type).length === 0
  );
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
