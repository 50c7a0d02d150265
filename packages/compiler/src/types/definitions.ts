import { type Node, SyntaxKind, type Type } from '../project/checker';
import { isClass, lineOf, nameOf, type Syntax } from '../project/syntax';
import { dependencyOf } from './callables';
import { classOf, typeParameters } from './class-definition';
import type { Declaration } from './declarations';
import { documentationOf } from './documentation';
import { resolvedMethods } from './methods';
import type { Reader } from './reader';
import type { Definition, EnumDefinition, TypeData } from './type-data';

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
  const structure = reader.expanded(type);
  const isStructured = typeof structure === 'object' && 'object' in structure;
  if (!isClass(node) || !isStructured) return { kind: 'type', ...about, t: structure };
  const methods = resolvedMethods(node, type, reader);
  return {
    kind: 'class',
    ...about,
    props: structure.object,
    ...(structure.index && { index: structure.index }),
    ...(methods && { methods }),
  };
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

function structureOf(declaration: Declaration, reader: Reader): TypeData {
  const { node } = declaration;
  const symbol = reader.checker.getSymbolAtLocation(node.name as Node);
  const type = symbol && reader.checker.getDeclaredTypeOfSymbol(symbol);
  if (!type) return 'unknown';
  const isObject = node.kind === SyntaxKind.InterfaceDeclaration || reader.isDataObject(type);
  if (isObject) return reader.expanded(type);
  const data = reader.alias(declaration);
  const isItself = typeof data === 'object' && 'ref' in data && data.ref === declaration.id;
  return isItself ? reader.expanded(type) : data;
}

/** JSDoc of a variable stands before its statement. */
function commentedNode(node: Syntax): Syntax {
  return node.kind === SyntaxKind.VariableDeclaration ? node.parent.parent : node;
}
