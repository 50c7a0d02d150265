import type { Node, Program } from 'oxc-parser';
import { isSafePattern } from 'redos-detector';
import type { Problem, Rule } from './rule';
import { plain, valueOf } from '../syntax/constants';
import { calleeOf, callsOf, keyOf, nodesOf } from '../syntax/nodes';

export const safePatterns: Rule = {
  about: 'A pattern for input takes no time that grows faster than the input.',
  *find(program) {
    for (const node of patternsOf(program)) {
      const regex = expressionOf(node, program);
      if (regex && !isSafe(regex)) yield problem(node, regex.source);
    }
  },
};

function* patternsOf(program: Program): Generator<Node> {
  for (const {
    arguments: [pattern],
  } of callsOf(program, 'Matches'))
    if (pattern) yield pattern;
  for (const node of nodesOf(program))
    if (node.type === 'Property' && keyOf(node) === 'pattern') yield node.value;
}

function expressionOf(given: Node, program: Program): RegExp | undefined {
  const node = plain(given, program);
  try {
    if (node?.type === 'Literal' && 'regex' in node)
      return new RegExp(node.regex.pattern, node.regex.flags.replaceAll(/[gy]/g, ''));
    if (node?.type === 'NewExpression' && calleeOf(node) === 'RegExp' && node.arguments[0])
      return expressionOf(node.arguments[0], program);
    const text = rawText(node) ?? valueOf(node, program);
    return typeof text === 'string' ? new RegExp(text, 'u') : undefined;
  } catch {
    return undefined; // what is no pattern is an error of its own at boot
  }
}

/** The text of a template of `String.raw`. */
function rawText(node: Node | undefined): string | undefined {
  return node?.type === 'TaggedTemplateExpression' && node.quasi.expressions.length === 0
    ? node.quasi.quasis[0]?.value.raw
    : undefined;
}

/** The time limit for one pattern. Patterns that a person can read take less. */
const MILLISECONDS = 500;

function isSafe({ source, flags, unicode }: RegExp): boolean {
  try {
    return isSafePattern(source, {
      caseInsensitive: flags.includes('i'),
      unicode,
      timeout: MILLISECONDS,
    }).safe;
  } catch {
    return true; // syntax that the detector does not know yet
  }
}

function problem(node: Node, source: string): Problem {
  return {
    node,
    seen: `A client can choose text that keeps ${short(source)} busy: the time to match it grows faster than the text.`,
    write:
      'parts that cannot match the same text, ^ at the start, counts such as {1,50}; and a maximum length before it',
  };
}

const short = (source: string): string =>
  source.length > 40 ? `/${source.slice(0, 40)}…/` : `/${source}/`;
