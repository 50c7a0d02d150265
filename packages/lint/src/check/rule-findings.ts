import { rules } from '../rules';
import type { Finding } from './finding';
import type { Source } from './source';

/** What the rules find in a file, ordered by line. */
export function ruleFindings(source: Source): readonly Finding[] {
  const { place, path, program, lineAt } = source;
  const found = Object.entries(rules).flatMap(([rule, { find }]) =>
    [...find(program, path)].map(({ node, seen, write }) => ({
      rule,
      seen,
      write,
      line: lineAt(node.start),
    })),
  );
  return found
    .filter(({ rule, line }) => !isAllowed(rule, line, source))
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, ...finding }) => ({ place: `${place}:${line}`, ...finding }));
}

/** Whether a comment such as `// oxlint-disable-next-line vivace/no-blocking-calls` allows it. */
function isAllowed(rule: string, line: number, { comments, lineAt }: Source): boolean {
  return comments.some(({ value, start, end }) => {
    const [, scope, names] =
      /^\s*(?:ox|es)lint-disable(-next-line|-line)?(?![\w-])([^]*?)(?:\s--\s|$)/.exec(value) ?? [];
    if (names === undefined) return false;
    const named = names.split(/[\s,]+/).filter((name) => name !== '');
    // One that names no rule allows every one.
    if (named.length > 0 && !named.includes(`vivace/${rule}`)) return false;
    if (scope === '-next-line') return lineAt(end) + 1 === line;
    return scope === '-line' ? lineAt(start) === line : lineAt(start) <= line;
  });
}
