import { type Symbol, SymbolFlags, SyntaxKind, type Type, TypeFlags } from './checker';
import { documentationOf, parameterTexts } from './documentation';
import { initialOf } from './literal';
import type { Reader } from './reader';
import type { MemberData, ParameterData, TypeData } from './side-car';
import { has, isClass, isOptional, nameOf, type Syntax } from './syntax';
import { withoutUndefined } from './unions';

/** A property of an object type; undefined for methods of classes, which are no data. */
export function memberOfSymbol(symbol: Symbol, reader: Reader): MemberData | undefined {
  const type = reader.checker.getTypeOfSymbol(symbol);
  const node = (symbol.valueDeclaration ?? symbol.declarations[0])?.resolve(reader.project) as Syntax | undefined;
  if (node?.kind === SyntaxKind.MethodDeclaration) return undefined;
  const optional = (symbol.flags & SymbolFlags.Optional) !== 0;
  const t = node && type && isAsWritten(type, node, reader) ? reader.node(node.type!) : reader.type(type);
  const from = node?.parent && isClass(node.parent) ? reader.declarations.ofNode(node.parent)?.id : undefined;
  return { ...(node && traitsOf(node, reader)), ...(optional ? { t: withoutUndefined(t), opt: true } : { t }), ...(from && { from }) };
}

/** A property that a class declares: a field, a getter, or a parameter of its constructor. */
export function memberOfNode(node: Syntax, reader: Reader): MemberData {
  const t = declaredType(node, reader);
  return { ...traitsOf(node, reader), ...(isOptional(node) ? { t: withoutUndefined(t), opt: true } : { t }) };
}

/** The parameters of a function or constructor. */
export function parametersOf(callable: Syntax, reader: Reader): ParameterData[] {
  const texts = parameterTexts(callable);
  const isThis = (node: Syntax) => nameOf(node) === 'this';
  return (callable.parameters ?? [])
    .filter((node) => !isThis(node))
    .map((node): ParameterData => {
      const name = nameOf(node) ?? '';
      const doc = texts.get(name) ?? documentationOf(node).doc;
      const t = declaredType(node, reader);
      return {
        name,
        ...(isOptional(node) ? { t: withoutUndefined(t), opt: true } : { t }),
        ...(node.dotDotDotToken && { rest: true }),
        ...initialOf(node.initializer, reader.checker),
        ...(doc && { doc }),
      };
    });
}

/** The annotation, else what the checker infers from the initialiser. */
function declaredType(node: Syntax, reader: Reader): TypeData {
  if (node.type) return reader.node(node.type);
  if (!node.name || node.name.kind === SyntaxKind.ObjectBindingPattern || node.name.kind === SyntaxKind.ArrayBindingPattern)
    return 'unknown';
  const symbol = reader.checker.getSymbolAtLocation(node.name);
  return symbol ? reader.type(reader.checker.getTypeOfSymbol(symbol)) : 'unknown';
}

function traitsOf(node: Syntax, reader: Reader): Omit<MemberData, 't'> {
  const isGetter = node.kind === SyntaxKind.GetAccessor;
  const visibility = has(node, SyntaxKind.PrivateKeyword) ? 'private' : has(node, SyntaxKind.ProtectedKeyword) ? 'protected' : undefined;
  return {
    ...(has(node, SyntaxKind.ReadonlyKeyword) && { ro: true }),
    ...(isGetter && { get: true }),
    ...(visibility && { vis: visibility }),
    ...initialOf(node.initializer, reader.checker),
    ...documentationOf(node),
  };
}

/** Whether a property still has the type of its declaration, so that its syntax may be read; `?` aside. */
function isAsWritten(type: Type, node: Syntax, { checker }: Reader): boolean {
  const written = node.type && node.kind !== SyntaxKind.MethodSignature && checker.getTypeFromTypeNode(node.type as never);
  if (!written) return false;
  if (written.id === type.id) return true;
  const [left, right] = [constituents(type), constituents(written)];
  return left.size === right.size && [...left].every((id) => right.has(id));
}

function constituents(type: Type): ReadonlySet<number> {
  const types = type.isUnionType() ? type.getTypes() : [type];
  return new Set(types.filter(({ flags }) => (flags & TypeFlags.Undefined) === 0).map(({ id }) => id));
}
