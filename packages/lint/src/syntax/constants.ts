import type { Expression, Node, Program } from 'oxc-parser';

/**
 * The value of an expression that is known without running it: literals, lists and arithmetic of
 * them, and constants of the file.
 */
export function valueOf(node: Node | undefined, program: Program): unknown {
  switch (node?.type) {
    case 'Literal':
      return node.value;
    case 'ArrayExpression':
      return node.elements.map((element) => valueOf(element ?? undefined, program));
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return valueOf(node.expression, program);
    case 'BinaryExpression':
      return calculated(node.operator, valueOf(node.left, program), valueOf(node.right, program));
    case 'Identifier':
      return valueOf(constantOf(node.name, program), program);
    default:
      return undefined;
  }
}

function calculated(operator: string, left: unknown, right: unknown): number | undefined {
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

function constantOf(name: string, program: Program): Expression | undefined {
  for (const statement of program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
    const found = declaration.declarations.find(
      ({ id }) => id.type === 'Identifier' && id.name === name,
    );
    if (found) return found.init ?? undefined;
  }
  return undefined;
}
