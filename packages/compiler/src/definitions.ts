import {
  type Node,
  type Signature,
  SignatureKind,
  SyntaxKind,
  type Type,
  type TypeReference,
} from './checker';
import { isDataObject } from './type-kinds';
import type { Declaration } from './declarations';
import { documentationOf } from './documentation';
import { isImmediate } from './immediate';
import { memberOfNode, parametersOf } from './members';
import type { Reader } from './reader';
import type {
  CallableData,
  ClassDefinition,
  Definition,
  EnumDefinition,
  MemberData,
  MethodData,
  TypeDefinition,
} from './side-car';
import { has, isClass, lineOf, nameOf, type Syntax, unwrapped } from './syntax';
import { withoutUndefined } from './unions';

/** The definition of a class, an interface, an alias, an enum, or a variable that holds a dependency. */
export function define(declaration: Declaration, reader: Reader): Definition {
  const { node } = declaration;
  const about = { line: lineOf(node), ...documentationOf(commentedNode(node)) };
  if (isClass(node)) return { kind: 'class', ...about, ...classOf(node, reader) };
  switch (node.kind) {
    case SyntaxKind.EnumDeclaration:
      return enumOf(node, about, reader);
    case SyntaxKind.VariableDeclaration:
      return { kind: 'function', ...about, ...dependencyOf(node, reader) };
    default:
      return {
        kind: 'type',
        ...about,
        ...typeParameters(node),
        t: structureOf(declaration, reader),
      };
  }
}

/** The definition of a generic class, interface or alias with its arguments: its members, and those it inherits. */
export function definitionOfType({ node }: Declaration, type: Type, reader: Reader): Definition {
  const about = { line: lineOf(node), ...documentationOf(commentedNode(node)) };
  const structure = reader.structure(type);
  const isStructured = typeof structure === 'object' && 'object' in structure;
  if (!isClass(node) || !isStructured) return { kind: 'type', ...about, t: structure };
  const methods = resolvedMethods(node, type, reader);
  return {
    kind: 'class',
    ...about,
    props: inheritedFirst(structure.object),
    ...(methods && { methods }),
  };
}

/** The checker begins with the members of the class itself. */
function inheritedFirst(members: Record<string, MemberData>): Record<string, MemberData> {
  const classes = new Set(Object.values(members).map(({ from }) => from));
  const ofClass = (id: string | undefined) =>
    Object.entries(members).filter(([, { from }]) => from === id);
  return Object.fromEntries([...classes].toReversed().flatMap(ofClass));
}

function classOf(node: Syntax, reader: Reader): Omit<ClassDefinition, 'kind' | 'line'> {
  const members = node.members ?? [];
  const constructors = members.filter(({ kind }) => kind === SyntaxKind.Constructor);
  const constructor = constructors.find(({ body }) => body) ?? constructors[0];
  const bases = basesOf(node, reader);
  const index = members.find(({ kind }) => kind === SyntaxKind.IndexSignature);
  const methods = methodsOf(node, reader);
  return {
    ...(has(node, SyntaxKind.AbstractKeyword) && { abstract: true }),
    ...typeParameters(node),
    ...(bases.length > 0 && { extends: bases }),
    props: propertiesOf(node, constructor, reader),
    ...(index?.type && { index: reader.node(index.type) }),
    ...(constructor && { ctor: parametersOf(constructor, reader) }),
    ...(methods && { methods }),
  };
}

function propertiesOf(
  node: Syntax,
  constructor: Syntax | undefined,
  reader: Reader,
): Record<string, MemberData> {
  const fieldKinds: readonly number[] = [SyntaxKind.PropertyDeclaration, SyntaxKind.GetAccessor];
  const fields = (node.members ?? []).filter(
    (member) => fieldKinds.includes(member.kind) && !has(member, SyntaxKind.StaticKeyword),
  );
  const parameterProperties = (constructor?.parameters ?? []).filter((parameter) =>
    (parameter.modifiers ?? []).some(({ kind }) => propertyModifiers.has(kind)),
  );
  const named = [...parameterProperties, ...fields].filter(
    (member) => nameOf(member) !== undefined,
  );
  return Object.fromEntries(named.map((member) => [nameOf(member)!, memberOfNode(member, reader)]));
}

const propertyModifiers: ReadonlySet<number> = new Set([
  SyntaxKind.PublicKeyword,
  SyntaxKind.ProtectedKeyword,
  SyntaxKind.PrivateKeyword,
  SyntaxKind.ReadonlyKeyword,
]);

function basesOf(node: Syntax, reader: Reader) {
  if (!node.heritageClauses?.some(({ token }) => token === SyntaxKind.ExtendsKeyword)) return [];
  const own = reader.checker.getTypeAtLocation(node as Node);
  const declared = own?.getSymbol() && reader.checker.getDeclaredTypeOfSymbol(own.getSymbol()!);
  return (declared?.getBaseTypes() ?? []).map((base) => reader.type(base as TypeReference));
}

/** The methods of a class that has operations. */
function methodsOf({ members = [] }: Syntax, reader: Reader): ClassDefinition['methods'] {
  const hasOperations = members.some((member) => isCallable(member) && isDecorated(member));
  const methods = hasOperations ? members.filter(isInstanceMethod) : [];
  return methods.length > 0
    ? Object.fromEntries(methods.map((method) => [nameOf(method)!, methodOf(method, reader)]))
    : undefined;
}

/** The same of a generic class with its arguments: what is made from a parameter is what the checker makes of it. */
function resolvedMethods(node: Syntax, type: Type, reader: Reader): ClassDefinition['methods'] {
  const methods = { ...inheritedMethods(type, reader), ...methodsOf(node, reader) };
  if (Object.keys(methods).length === 0) return undefined;
  const { checker } = reader;
  const symbols = new Map(
    checker.getPropertiesOfType(type).map((property) => [property.name, property]),
  );
  const resolved = Object.entries(methods).map(([name, method]): [string, MethodData] => {
    const symbol = symbols.get(name);
    const own = symbol && checker.getTypeOfSymbol(symbol);
    const signature = own && checker.getSignaturesOfType(own, SignatureKind.Call)[0];
    return [name, signature ? withArguments(method, signature, reader) : method];
  });
  return Object.fromEntries(resolved);
}

/** Those of the classes that it extends, the nearest last. */
function inheritedMethods(type: Type, reader: Reader): NonNullable<ClassDefinition['methods']> {
  const target = type.isTypeReference() ? type.getTarget() : type;
  const bases = (target.isClassOrInterface() ? target.getBaseTypes() : undefined) ?? [];
  const inherited = bases.map((base) => {
    const node = reader.declarations.ofSymbol(base.getSymbol()!)?.node;
    return {
      ...inheritedMethods(base, reader),
      ...(node && isClass(node) && methodsOf(node, reader)),
    };
  });
  return Object.assign({}, ...inherited) as NonNullable<ClassDefinition['methods']>;
}

function withArguments(method: MethodData, signature: Signature, reader: Reader): MethodData {
  const { checker } = reader;
  const isMade = (data: unknown) => JSON.stringify(data).includes('{"unsupported":');
  return {
    ...method,
    params: method.params.map((parameter, index) =>
      isMade(parameter.t)
        ? {
            ...parameter,
            t: withoutUndefined(reader.type(checker.getParameterType(signature, index))),
          }
        : parameter,
    ),
    returns: isMade(method.returns)
      ? reader.type(checker.getReturnTypeOfSignature(signature))
      : method.returns,
  };
}

function methodOf(node: Syntax, reader: Reader): MethodData {
  return { line: lineOf(node), ...documentationOf(node), ...callableOf(node, reader) };
}

function callableOf(node: Syntax, reader: Reader): CallableData {
  return {
    params: parametersOf(node, reader),
    returns: node.type ? reader.node(node.type) : 'unknown',
    ...(node.type && { written: true }),
    ...(node.asteriskToken && { generator: true }),
    ...(has(node, SyntaxKind.AsyncKeyword) && { async: true }),
    ...(!node.type && node.body && isImmediate(node, reader) && { immediate: true }),
  };
}

/** The function is the last argument of `dependency(…)`; one that is only named there tells nothing by its syntax. */
function dependencyOf(node: Syntax, reader: Reader): CallableData {
  const callee = unwrapped(unwrapped(node.initializer)?.arguments?.at(-1));
  const kinds: readonly number[] = [SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression];
  return callee && kinds.includes(callee.kind)
    ? callableOf(callee, reader)
    : { params: [], returns: 'unknown' };
}

/** The values of an enum, as far as the checker knows them. */
function enumOf(
  node: Syntax,
  about: Omit<EnumDefinition, 'kind' | 'members'>,
  { checker }: Reader,
): Definition {
  const members = (node.members ?? []).map(
    (member) => [nameOf(member) ?? '', checker.getConstantValue(member as Node)] as const,
  );
  const calculated = members.find(([, value]) => value === undefined);
  if (calculated)
    return {
      kind: 'type',
      ...about,
      t: {
        unsupported: `${nameOf(node)}.${calculated[0]}, which is calculated when the program runs,`,
      },
    };
  return {
    kind: 'enum',
    ...about,
    members: Object.fromEntries(members as [string, string | number][]),
  };
}

function structureOf(declaration: Declaration, reader: Reader): TypeDefinition['t'] {
  const { node } = declaration;
  const symbol = reader.checker.getSymbolAtLocation(node.name as Node);
  const type = symbol && reader.checker.getDeclaredTypeOfSymbol(symbol);
  if (!type) return 'unknown';
  const isObject = node.kind === SyntaxKind.InterfaceDeclaration || isDataObject(type, reader);
  if (isObject) return reader.structure(type);
  const data = reader.alias(declaration);
  const isItself = typeof data === 'object' && 'ref' in data && data.ref === declaration.id;
  return isItself ? reader.structure(type) : data;
}

function typeParameters({ typeParameters = [] }: Syntax): { params?: string[] } {
  return typeParameters.length > 0
    ? { params: typeParameters.map((parameter) => nameOf(parameter) ?? '') }
    : {};
}

/** JSDoc of a variable stands before its statement. */
function commentedNode(node: Syntax): Syntax {
  return node.kind === SyntaxKind.VariableDeclaration ? node.parent.parent : node;
}

function isCallable({ kind }: Syntax): boolean {
  return kind === SyntaxKind.MethodDeclaration;
}

function isInstanceMethod(node: Syntax): boolean {
  const isImplemented =
    node.body !== undefined ||
    has(node, SyntaxKind.AbstractKeyword) ||
    node.getSourceFile().isDeclarationFile;
  return (
    isCallable(node) &&
    isImplemented &&
    !has(node, SyntaxKind.StaticKeyword) &&
    nameOf(node) !== undefined
  );
}

function isDecorated(node: Syntax): boolean {
  return has(node, SyntaxKind.Decorator);
}
