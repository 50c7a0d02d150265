import type { Node, Program } from 'oxc-parser';

type Names = ReadonlySet<string>;

/**
 * What an expression is without what is said of its type; a name of a constant or function of the
 * file is what it stands for.
 */
export function plain(
  node: Node | undefined,
  program: Program,
  seen: Names = new Set(),
): Node | undefined {
  switch (node?.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return plain(node.expression, program, seen);
    case 'Identifier': {
      const found = seen.has(node.name) ? undefined : constantOf(node.name, program);
      return found ? plain(found, program, new Set([...seen, node.name])) : node;
    }
    default:
      return node;
  }
}

/**
 * The value of an expression that is known without running it: literals, lists, texts and
 * arithmetic of them, and constants of the file.
 */
export function valueOf(
  node: Node | undefined,
  program: Program,
  seen: Names = new Set(),
): unknown {
  if (node?.type === 'Identifier') {
    const found = seen.has(node.name) ? undefined : constantOf(node.name, program);
    return valueOf(found, program, new Set([...seen, node.name]));
  }
  const known = plain(node, program, seen);
  if (known?.type === 'Identifier') return valueOf(known, program, seen);
  const value = (part: Node | null): unknown => valueOf(part ?? undefined, program, seen);
  switch (known?.type) {
    case 'Literal':
      return known.value;
    case 'ArrayExpression':
      return known.elements.map(value);
    case 'BinaryExpression':
      return calculated(known.operator, value(known.left), value(known.right));
    case 'TemplateLiteral':
      return joined(
        known.quasis.map((part) => part.value.cooked ?? part.value.raw),
        known.expressions.map(value),
      );
    default:
      return undefined;
  }
}

function joined(texts: readonly string[], values: readonly unknown[]): string | undefined {
  if (!values.every((value) => ['string', 'number'].includes(typeof value))) return undefined;
  return texts.map((text, index) => `${text}${String(values[index] ?? '')}`).join('');
}

function calculated(operator: string, left: unknown, right: unknown): number | string | undefined {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string')
    return left + right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  const operations: Readonly<Record<string, number>> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
    '**': left ** right,
  };
  return operations[operator];
}

function constantOf(name: string, program: Program): Node | undefined {
  for (const statement of program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'FunctionDeclaration' && declaration.id?.name === name)
      return declaration;
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
    const found = declaration.declarations.find(
      ({ id }) => id.type === 'Identifier' && id.name === name,
    );
    if (found) return found.init ?? undefined;
  }
  return undefined;
}
