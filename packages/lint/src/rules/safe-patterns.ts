import type { Node, Program } from 'oxc-parser';
import { isSafePattern } from 'redos-detector';
import type { Problem, Rule } from './rule';
import { callsOf, keyOf, nodesOf } from '../syntax/nodes';

export const safePatterns: Rule = {
  about: 'A pattern for input takes no time that grows faster than the input.',
  *find(program) {
    for (const node of patternsOf(program)) {
      const regex = expressionOf(node);
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

function expressionOf(node: Node): RegExp | undefined {
  if (node.type !== 'Literal') return undefined;
  try {
    if ('regex' in node)
      return new RegExp(node.regex.pattern, node.regex.flags.replaceAll(/[gy]/g, ''));
    return typeof node.value === 'string' ? new RegExp(node.value, 'u') : undefined;
  } catch {
    return undefined; // what is no pattern is an error of its own at boot
  }
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
