import {
  type Node,
  type Symbol,
  SymbolFlags,
  SyntaxKind,
  type Type,
  type TypeReference,
} from '../project/checker';
import { has, nameOf, type Syntax } from '../project/syntax';
import { parametersOf } from './callables';
import { memberOfNode } from './members';
import { methodsOf } from './methods';
import type { Reader } from './reader';
import type { ClassDefinition, Members } from './type-data';

/** What a class declares itself; what it inherits is with its bases. */
export function classOf(node: Syntax, reader: Reader): Omit<ClassDefinition, 'kind' | 'line'> {
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

function propertiesOf(node: Syntax, constructor: Syntax | undefined, reader: Reader): Members {
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
  const bases = (declared?.getBaseTypes() ?? []) as readonly TypeReference[];
  return bases.filter((base) => !isPureMachinery(base, reader)).map((base) => reader.type(base));
}

/** A class of a library that has methods alone, such as `EventEmitter`, adds no fields. */
function isPureMachinery(base: Type, reader: Reader): boolean {
  const isMethod = ({ flags }: Symbol) => (flags & SymbolFlags.Method) !== 0;
  return reader.isWhole(base) && reader.checker.getPropertiesOfType(base).every(isMethod);
}

export function typeParameters({ typeParameters = [] }: Syntax): { params?: string[] } {
  return typeParameters.length > 0
    ? { params: typeParameters.map((parameter) => nameOf(parameter) ?? '') }
    : {};
}
