import { type Checker, SymbolFlags, SyntaxKind } from '../project/checker';
import type { Initial } from './type-data';
import { childrenOf, isClass, nameOf, type Syntax, unwrapped } from '../project/syntax';

const notLiteral = Symbol('not a literal');

/** What an initialiser says: the value of a literal, or only that there is one, and whether it may be another each time. */
export function initialOf(node: Syntax | undefined, checker: Checker): Initial {
  if (!node) return {};
  const value = valueOf(node, checker);
  if (value !== notLiteral) return { default: value };
  return varies(node) ? { dyn: true, varies: true } : { dyn: true };
}

/** A call may give another value each time, and so does the present. */
function varies(node: Syntax): boolean {
  const calls: readonly number[] = [SyntaxKind.CallExpression, SyntaxKind.TaggedTemplateExpression];
  const isNow =
    node.kind === SyntaxKind.NewExpression &&
    node.expression?.getText() === 'Date' &&
    !node.arguments?.length;
  if (calls.includes(node.kind) || isNow) return true;
  return !isFunctionOrClass(node) && childrenOf(node).some(varies);
}

function isFunctionOrClass(node: Syntax): boolean {
  return (
    isClass(node) ||
    node.kind === SyntaxKind.ArrowFunction ||
    node.kind === SyntaxKind.FunctionExpression
  );
}

function valueOf(wrapped: Syntax | undefined, checker: Checker): unknown {
  const node = unwrapped(wrapped);
  switch (node?.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return node.text;
    case SyntaxKind.NumericLiteral:
      return Number(node.text);
    case SyntaxKind.TrueKeyword:
      return true;
    case SyntaxKind.FalseKeyword:
      return false;
    case SyntaxKind.NullKeyword:
      return null;
    case SyntaxKind.PrefixUnaryExpression:
      return signed(node, checker);
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
      return enumMember(node, checker);
    case SyntaxKind.ArrayLiteralExpression:
      return listOf(node, checker);
    case SyntaxKind.ObjectLiteralExpression:
      return objectOf(node, checker);
    default:
      return notLiteral;
  }
}

function enumMember(node: Syntax, checker: Checker): unknown {
  const symbol = checker.getSymbolAtLocation(node.name ?? node.argumentExpression ?? node);
  const isMember = symbol && (symbol.flags & SymbolFlags.EnumMember) !== 0;
  const declaration = isMember ? symbol.valueDeclaration?.resolve() : undefined;
  return (declaration && checker.getConstantValue(declaration)) ?? notLiteral;
}

function signed({ operator, operand }: Syntax, checker: Checker): unknown {
  const value = valueOf(operand, checker);
  if (typeof value !== 'number') return notLiteral;
  if (operator === SyntaxKind.MinusToken) return -value;
  return operator === SyntaxKind.PlusToken ? value : notLiteral;
}

function listOf({ elements = [] }: Syntax, checker: Checker): unknown {
  const values = elements.map((element) => valueOf(element, checker));
  return values.includes(notLiteral) ? notLiteral : values;
}

function objectOf({ properties = [] }: Syntax, checker: Checker): unknown {
  const entries = properties.map(
    (property) => [nameOf(property), valueOf(property.initializer, checker)] as const,
  );
  const isLiteral = entries.every(([name, value]) => name !== undefined && value !== notLiteral);
  return isLiteral ? Object.fromEntries(entries) : notLiteral;
}
