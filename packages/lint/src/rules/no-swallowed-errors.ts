import type { BlockStatement, Expression, MemberExpression } from 'oxc-parser';
import { requestFunctions } from '../syntax/request-functions';
import type { Rule } from './rule';
import { nodesOf } from '../syntax/nodes';

export const noSwallowedErrors: Rule = {
  about: 'A catch of a handler or dependency lets the errors through that are answers.',
  *find(program) {
    for (const request of requestFunctions(program)) {
      for (const node of nodesOf(request)) {
        if (
          node.type !== 'TryStatement' ||
          !node.handler ||
          !mayAnswer(node.block) ||
          isChoosy(node.handler.body)
        )
          continue;
        yield {
          node: node.handler,
          seen: 'Every error ends here, an HTTPException too, which then answers nothing.',
          write:
            'if (error instanceof HTTPException) throw error; or catch only what is expected and throw the rest',
        };
      }
    }
  },
};

/**
 * Whether it may throw an HTTPException: it throws something, or calls a function that is not part
 * of JavaScript.
 */
function mayAnswer(block: BlockStatement): boolean {
  return [...nodesOf(block)].some(
    (node) =>
      node.type === 'ThrowStatement' ||
      ((node.type === 'CallExpression' || node.type === 'NewExpression') && !isGlobal(node.callee)),
  );
}

/** Methods of texts, numbers and dates whose names services hardly have. */
const OF_TEXT =
  /^(?:char(?:At|CodeAt)|codePointAt|endsWith|getTime|localeCompare|pad(?:End|Start)|replaceAll|slice|split|startsWith|substring|to(?:Fixed|ISOString|LowerCase|String|UpperCase)|trim(?:End|Start)?)$/;

function isOfText({ property }: MemberExpression): boolean {
  return property.type === 'Identifier' && OF_TEXT.test(property.name);
}

function isGlobal(callee: Expression): boolean {
  if (callee.type === 'MemberExpression')
    return isOfText(callee) || isGlobal(callee.object as Expression);
  return callee.type === 'Identifier' && callee.name in globalThis;
}

/** Whether a catch throws something, or checks the class of the error. */
function isChoosy(block: BlockStatement): boolean {
  return [...nodesOf(block)].some(
    (node) =>
      node.type === 'ThrowStatement' ||
      (node.type === 'BinaryExpression' && node.operator === 'instanceof'),
  );
}
