import { type Symbol, SymbolFlags, SyntaxKind, type Type, TypeFlags } from '../project/checker';
import { documentationOf } from './documentation';
import { initialOf } from './literal';
import type { Reader } from './reader';
import type { MemberData, TypeData } from './type-data';
import { has, isClass, isOptional, mentionsParameter, type Syntax } from '../project/syntax';
import { is, isFunction } from './type-kinds';
import { withoutUndefined } from './unions';

/** A property of an object type; undefined for methods, which are no data, unless a mapped type made a field of one. */
export function memberOfSymbol(symbol: Symbol, reader: Reader): MemberData | undefined {
  const type = reader.checker.getTypeOfSymbol(symbol);
  const node = (symbol.valueDeclaration ?? symbol.declarations[0])?.resolve(reader.project) as
    Syntax | undefined;
  const methods: readonly number[] = [SyntaxKind.MethodDeclaration, SyntaxKind.MethodSignature];
  const isMethod = node !== undefined && methods.includes(node.kind);
  if (isMethod && (!type || isMethodType(type, reader))) return undefined;
  const optional = (symbol.flags & SymbolFlags.Optional) !== 0;
  const t =
    node && type && isAsWritten(type, node, reader) ? reader.field(node.type!) : reader.type(type);
  return {
    ...(node && type && keptBy(type, node, reader)),
    ...(optional ? { t: withoutUndefined(t), opt: true } : { t }),
  };
}

/** Also of a method that `Partial` made optional. */
function isMethodType(type: Type, { checker }: Reader): boolean {
  const types = type.isUnionType() ? type.getTypes() : [type];
  return types.every((each) => is(each, TypeFlags.Undefined) || isFunction(each, checker));
}

/** A mapped type that gives a member another type keeps no more of it than its words. */
function keptBy(type: Type, node: Syntax, reader: Reader): Partial<MemberData> {
  const { doc, ...traits } = traitsOf(node, reader);
  if (!isStill(type, node, reader)) return { ...(traits.ro && { ro: true }), ...(doc && { doc }) };
  const from = isClass(node.parent) ? reader.declarations.ofNode(node.parent)?.id : undefined;
  return { ...traits, ...(doc && { doc }), ...(from && { from }) };
}

/** A property that a class declares: a field, a getter, or a parameter of its constructor. */
export function memberOfNode(node: Syntax, reader: Reader): MemberData {
  const t = node.type ? reader.field(node.type) : declaredType(node, reader);
  return {
    ...traitsOf(node, reader),
    ...(isOptional(node) ? { t: withoutUndefined(t), opt: true } : { t }),
  };
}

/** The annotation, else what the checker infers from the initialiser. */
export function declaredType(node: Syntax, reader: Reader): TypeData {
  if (node.type) return reader.node(node.type);
  if (
    !node.name ||
    node.name.kind === SyntaxKind.ObjectBindingPattern ||
    node.name.kind === SyntaxKind.ArrayBindingPattern
  )
    return 'unknown';
  const symbol = reader.checker.getSymbolAtLocation(node.name);
  return symbol ? reader.type(reader.checker.getTypeOfSymbol(symbol)) : 'unknown';
}

function traitsOf(node: Syntax, reader: Reader): Omit<MemberData, 't'> {
  const isGetter = node.kind === SyntaxKind.GetAccessor;
  const visibility = has(node, SyntaxKind.PrivateKeyword)
    ? 'private'
    : has(node, SyntaxKind.ProtectedKeyword)
      ? 'protected'
      : undefined;
  return {
    ...(has(node, SyntaxKind.ReadonlyKeyword) && { ro: true }),
    ...(isGetter && { get: true }),
    ...(visibility && { vis: visibility }),
    // What a property of an object literal is set to is no default.
    ...(node.kind !== SyntaxKind.PropertyAssignment && initialOf(node.initializer, reader.checker)),
    ...documentationOf(node),
  };
}

/** Whether a property has the type of its declaration, so that its syntax may be read; `?` aside. A type parameter is read as what it is here. */
function isAsWritten(type: Type, node: Syntax, { checker }: Reader): boolean {
  const isMethod = node.kind === SyntaxKind.MethodSignature;
  if (!node.type || isMethod || mentionsParameter(node.type)) return false;
  const written = checker.getTypeFromTypeNode(node.type as never);
  return written !== undefined && isSame(type, written, TypeFlags.Undefined);
}

/** Whether a property is still what was declared, so that its constraints and its default fit; `?` and `null` aside. */
function isStill(type: Type, node: Syntax, { checker }: Reader): boolean {
  if (node.type && mentionsParameter(node.type)) return true;
  const symbol = node.name && checker.getSymbolAtLocation(node.name);
  const declared = node.type
    ? checker.getTypeFromTypeNode(node.type as never)
    : symbol && checker.getTypeOfSymbol(symbol);
  return !declared || isSame(type, declared, TypeFlags.Nullable);
}

/** Whether two types have the same constituents, but for some. */
function isSame(left: Type, right: Type, without: number): boolean {
  if (left.id === right.id) return true;
  const ids = (type: Type) =>
    (type.isUnionType() ? type.getTypes() : [type])
      .filter(({ flags }) => (flags & without) === 0)
      .map(({ id }) => id);
  const [own, others] = [new Set(ids(left)), new Set(ids(right))];
  return own.size === others.size && [...own].every((id) => others.has(id));
}
