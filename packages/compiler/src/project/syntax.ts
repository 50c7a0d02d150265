import { type Node, SyntaxKind } from './checker';

/** A syntax node with whatever parts its kind has. */
export interface Syntax extends Node {
  readonly parent: Syntax;
  readonly name?: Syntax;
  readonly text?: string;
  readonly type?: Syntax;
  readonly types?: readonly Syntax[];
  readonly elements?: readonly Syntax[];
  readonly elementType?: Syntax;
  readonly literal?: Syntax;
  readonly operator?: number;
  readonly operand?: Syntax;
  readonly expression?: Syntax;
  readonly argumentExpression?: Syntax;
  readonly arguments?: readonly Syntax[];
  readonly properties?: readonly Syntax[];
  readonly members?: readonly Syntax[];
  readonly parameters?: readonly Syntax[];
  readonly typeName?: Syntax;
  readonly exprName?: Syntax;
  readonly typeArguments?: readonly Syntax[];
  readonly typeParameters?: readonly Syntax[];
  readonly modifiers?: readonly Syntax[];
  readonly heritageClauses?: readonly (Syntax & { readonly token: number })[];
  readonly initializer?: Syntax;
  readonly questionToken?: Syntax;
  readonly postfixToken?: Syntax;
  readonly dotDotDotToken?: Syntax;
  readonly asteriskToken?: Syntax;
  readonly body?: Syntax;
  readonly statements?: readonly Syntax[];
  readonly moduleSpecifier?: Syntax;
  readonly importClause?: Syntax;
  readonly namedBindings?: Syntax;
  readonly propertyName?: Syntax;
  readonly isTypeOnly?: boolean;
  readonly phaseModifier?: number;
}

export function childrenOf(node: Syntax): Syntax[] {
  const children: Syntax[] = [];
  node.forEachChild((child) => void children.push(child as Syntax));
  return children;
}

export function has(node: Syntax, modifier: number): boolean {
  return node.modifiers?.some(({ kind }) => kind === modifier) ?? false;
}

/** Written with `?`; for members the tree calls it the postfix. */
export function isOptional({ questionToken, postfixToken }: Syntax): boolean {
  return (questionToken ?? postfixToken)?.kind === SyntaxKind.QuestionToken;
}

export function isClass({ kind }: Syntax): boolean {
  return kind === SyntaxKind.ClassDeclaration || kind === SyntaxKind.ClassExpression;
}

/** The name of a member or parameter; undefined where it is calculated, private (`#x`) or destructured. */
export function nameOf({ name }: Syntax): string | undefined {
  const literals: readonly number[] = [SyntaxKind.StringLiteral, SyntaxKind.NumericLiteral];
  const written = name?.kind === SyntaxKind.ComputedPropertyName ? name.expression : name;
  if (!written) return undefined;
  const isName =
    literals.includes(written.kind) || (written === name && written.kind === SyntaxKind.Identifier);
  return isName ? written.text : undefined;
}

/** The expression inside parentheses and type assertions. */
export function unwrapped(node: Syntax | undefined): Syntax | undefined {
  const wrappers: readonly number[] = [
    SyntaxKind.ParenthesizedExpression,
    SyntaxKind.AsExpression,
    SyntaxKind.SatisfiesExpression,
  ];
  return node && wrappers.includes(node.kind) ? unwrapped(node.expression) : node;
}

/** The line of a declaration's name, from 1. */
export function lineOf(node: Syntax): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition((node.name ?? node).getStart(file)).line + 1;
}

/** Whether a type is made of type parameters that are declared around it. */
export function mentionsParameter(node: Syntax): boolean {
  const names = new Set<string>();
  for (let at = node.parent; at; at = at.parent)
    for (const parameter of at.typeParameters ?? []) names.add(nameOf(parameter) ?? '');
  return names.size > 0 && mentions(node, names);
}

function mentions(node: Syntax, names: ReadonlySet<string>): boolean {
  const isMentioned =
    node.kind === SyntaxKind.TypeReference && names.has(node.typeName?.text ?? '');
  return isMentioned || childrenOf(node).some((child) => mentions(child, names));
}
