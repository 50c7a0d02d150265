import type { Expression, MemberExpression, Node, Program } from 'oxc-parser';
import { plain } from '../syntax/constants';
import { calleeOf, nodesOf } from '../syntax/nodes';
import { isFunction, requestFunctions } from '../syntax/request-functions';
import type { Rule } from './rule';

export const noSwallowedErrors: Rule = {
  about: 'A catch of a handler or dependency lets the errors through that are answers.',
  *find(program) {
    const known = namesOfNode(program);
    for (const request of requestFunctions(program)) {
      const unawaited = unawaitedIn(request);
      for (const node of nodesOf(request, (each) => unawaited.has(each))) {
        const caught = caughtBy(node, program);
        if (caught && mayAnswer(caught.from, known) && !isChoosy(caught.by)) yield problem(caught);
      }
    }
  },
};

/** Code whose errors end in other code. */
interface Caught {
  readonly from: Node;
  readonly by: Node;
  /** What is pointed at. */
  readonly node: Node;
}

const problem = ({ node }: Caught) => ({
  node,
  seen: 'Every error ends here, an HTTPException too, which then answers nothing.',
  write:
    'if (error instanceof HTTPException) throw error; or catch only what is expected and throw the rest',
});

/** What `try { } catch { }`, `.catch(f)` and `.then(g, f)` catch. */
function caughtBy(node: Node, program: Program): Caught | undefined {
  if (node.type === 'TryStatement')
    return node.handler
      ? { from: node.block, by: node.handler.body, node: node.handler }
      : undefined;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const given = node.arguments[['catch', 'then'].indexOf(calleeOf(node) ?? '')];
  const by = plain(given, program);
  if (given === undefined || by === undefined) return undefined;
  if (isFunction(by))
    return by.body === null ? undefined : { from: node.callee.object, by: by.body, node: given };
  return isOfConsole(by) ? { from: node.callee.object, by, node: given } : undefined;
}

function isOfConsole(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'console'
  );
}

/** Calls whose functions run later, when the answer is no longer theirs. */
const LATER =
  /^(?:add|addEventListener|nextTick|on|once|queueMicrotask|set(?:Immediate|Interval|Timeout))$/;

/** What nobody waits for: its errors are no answers, and have to end somewhere. */
function unawaitedIn(request: Node): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const node of nodesOf(request)) {
    if (node.type === 'CallExpression' && LATER.test(calleeOf(node) ?? ''))
      for (const given of node.arguments) if (isFunction(given)) found.add(given);
    if (node.type === 'UnaryExpression' && node.operator === 'void') found.add(node);
    if (node.type === 'ExpressionStatement' && isChained(node.expression)) found.add(node);
  }
  return found;
}

/** Whether it is a promise that goes on by itself: `send().catch(…)`, `(async () => …)()`. */
function isChained(node: Node): boolean {
  if (node.type === 'ParenthesizedExpression') return isChained(node.expression);
  if (node.type !== 'CallExpression') return false;
  if (/^(?:catch|finally|then)$/.test(calleeOf(node) ?? '')) return true;
  const { callee } = node;
  return isFunction(callee.type === 'ParenthesizedExpression' ? callee.expression : callee);
}

/**
 * Whether it may throw an HTTPException: it throws something, or calls a function that is not part
 * of JavaScript and Node.
 */
function mayAnswer(from: Node, known: ReadonlySet<string>): boolean {
  return [...nodesOf(from)].some(
    (node) =>
      node.type === 'ThrowStatement' ||
      ((node.type === 'CallExpression' || node.type === 'NewExpression') &&
        !isGlobal(node.callee, known)),
  );
}

/** What a file imports from Node's own modules. */
function namesOfNode({ body }: Program): ReadonlySet<string> {
  const names = body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' && statement.source.value.startsWith('node:')
      ? statement.specifiers.map(({ local }) => local.name)
      : [],
  );
  return new Set(names);
}

/** Methods of texts, dates, promises and answers of fetch whose names services hardly have. */
const OF_VALUES =
  /^(?:char(?:At|CodeAt)|codePointAt|endsWith|finally|getTime|json|localeCompare|pad(?:End|Start)|replaceAll|slice|split|startsWith|substring|text|then|to(?:Fixed|ISOString|LowerCase|String|UpperCase)|trim(?:End|Start)?)$/;

function isOfValue({ property }: MemberExpression): boolean {
  return property.type === 'Identifier' && OF_VALUES.test(property.name);
}

function isGlobal(callee: Expression, known: ReadonlySet<string>): boolean {
  if (callee.type === 'MemberExpression')
    return isOfValue(callee) || isGlobal(callee.object as Expression, known);
  return callee.type === 'Identifier' && (callee.name in globalThis || known.has(callee.name));
}

/** Whether a catch throws something, rejects, or checks the class of the error. */
function isChoosy(by: Node): boolean {
  return [...nodesOf(by)].some(
    (node) =>
      node.type === 'ThrowStatement' ||
      (node.type === 'BinaryExpression' && node.operator === 'instanceof') ||
      (node.type === 'CallExpression' && calleeOf(node) === 'reject'),
  );
}
