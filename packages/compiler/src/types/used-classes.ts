import { isTypeNode, type Symbol, SymbolFlags, SyntaxKind } from '../project/checker';
import type { Reader } from './reader';
import { childrenOf, isClass, type Syntax, unwrapped } from '../project/syntax';

/** The ids of the classes that a file names as values: `response: Item`, `[Item]`, `oneOf(Cat, Dog)`. */
export function classesUsedIn(file: string, reader: Reader): string[] {
  const root = reader.project.program.getSourceFile(file) as Syntax | undefined;
  if (!root) return [];
  const nodes = [...valuesBelow(root)];
  const names = nodes.filter(({ kind }) => kind === SyntaxKind.Identifier);
  const symbols = new Map(
    reader.checker.getSymbolAtLocation(names).map((symbol) => [symbol?.id, symbol]),
  );
  const shorthand = nodes
    .filter(isShorthand)
    .map((node) => reader.checker.getShorthandAssignmentValueSymbol(node));
  const named = [...symbols.values(), ...shorthand].map(
    (symbol) => symbol && classOf(symbol, reader),
  );
  return [...named, ...nodes.filter(isClass)].flatMap(
    (node) => reader.declarations.ofNode(node)?.id ?? [],
  );
}

/** Names and class expressions that are evaluated; a class that is only extended is reached through its heirs. */
function* valuesBelow(node: Syntax): Generator<Syntax> {
  if (
    node.kind === SyntaxKind.Identifier ||
    node.kind === SyntaxKind.ClassExpression ||
    isShorthand(node)
  )
    yield node;
  for (const child of childrenOf(node)) if (!isSkipped(child, node)) yield* valuesBelow(child);
}

function isSkipped(child: Syntax, parent: Syntax): boolean {
  if (child.kind === SyntaxKind.ExpressionWithTypeArguments) {
    return (
      parent.kind === SyntaxKind.HeritageClause &&
      unwrapped(child.expression)?.kind !== SyntaxKind.CallExpression
    );
  }
  const isOwnName = isClass(parent) && child.kind === SyntaxKind.Identifier;
  const isImport =
    child.kind === SyntaxKind.ImportDeclaration || child.kind === SyntaxKind.ExportDeclaration;
  return isOwnName || isImport || isTypeNode(child);
}

function isShorthand({ kind }: Syntax): boolean {
  return kind === SyntaxKind.ShorthandPropertyAssignment;
}

/** The class that a name stands for: by its own declaration, an import, or a variable that was set to a class expression. */
function classOf(symbol: Symbol, { checker, project }: Reader): Syntax | undefined {
  const target =
    (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  if ((target.flags & (SymbolFlags.Class | SymbolFlags.Variable)) === 0) return undefined;
  const node = target.valueDeclaration?.resolve(project) as Syntax | undefined;
  const declared = node && (isClass(node) ? node : unwrapped(node.initializer));
  return declared && isClass(declared) ? declared : undefined;
}
