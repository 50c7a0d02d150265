import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = join(__dirname, '../../..');
const PAGES = ['README.md', ...markdown('docs/guide'), ...markdown('docs/decisions')];
/** Stands in a program on a page for lines that are not shown. */
const ELISION = /^\s*(\/\/ )?…$/;

interface Block {
  readonly page: string;
  readonly line: number;
  readonly lines: readonly string[];
}

const sources = new Map(
  [
    'apps/tutorial/src',
    'packages/vivace/tests',
    'packages/compiler/tests',
    'packages/cli/tests',
    'packages/sql/tests',
    'packages/queue/tests',
    'packages/redis/tests',
    'packages/events/tests',
    'packages/http/tests',
    'packages/telemetry/tests',
  ]
    .flatMap((folder) => files(folder, '.ts'))
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8').split('\n')] as const),
);
const programs = [...runByTests()].map((path) => [path, sources.get(path)!] as const);

describe('the TypeScript on the pages', () => {
  it.each(PAGES.map((page) => [page, blocksOf(page)] as const).filter(([, { length }]) => length))(
    'of %s stands in programs that tests run',
    (_, blocks) => {
      const unknown = blocks.filter(
        ({ lines }) => !programs.some(([, program]) => shows(lines, program)),
      );
      expect(unknown.map(({ page, line, lines }) => `${page}:${line}: ${lines[0]}`)).toEqual([]);
    },
  );

  it('is found where it differs in indentation, or leaves lines out at `…`', () => {
    const program = ['class A {', '  a = 1;', '  b = 2;', '  c() {', '    return 3;', '  }', '}'];
    expect(shows(['c() {', '  return 3;', '}'], program)).toBe(true);
    expect(shows(['class A {', '  // …', '  c() {'], program)).toBe(true);
    expect(shows(['c() {', 'return 3;', '}'], program)).toBe(false);
    expect(shows(['class A {', '  b = 2;'], program)).toBe(false);
    expect(shows(['  c() {', '  // …', '  a = 1;'], program)).toBe(false);
  });
});

/** Whether a program has the lines, the parts between two elisions one after the other. */
function shows(lines: readonly string[], program: readonly string[]): boolean {
  let from = 0;
  for (const part of partsOf(lines)) {
    const start = program.findIndex(
      (_, at) => at >= from && sameLines(part, program.slice(at, at + part.length)),
    );
    if (start === -1) return false;
    from = start + part.length;
  }
  return true;
}

function partsOf(lines: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (ELISION.test(line)) parts.push([]);
    else parts.at(-1)!.push(line);
  }
  return parts.filter(({ length }) => length > 0);
}

/** Indented as a whole at most. */
function sameLines(left: readonly string[], right: readonly string[]): boolean {
  if (left[0]?.trim() !== right[0]?.trim()) return false;
  return unindented(left) === unindented(right);
}

function unindented(lines: readonly string[]): string {
  const written = lines.filter((line) => line.trim() !== '');
  const depth = Math.min(...written.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(depth).trimEnd()).join('\n');
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```ts\n([^]*?)\n```$/gm)].map(({ 1: code, index }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    lines: code!.split('\n'),
  }));
}

/** Tests, the programs that are replayed against recordings, and whatever these import. */
function runByTests(): Set<string> {
  const run = new Set<string>();
  const waiting = [...sources.keys()].filter((path) => path.endsWith('.test.ts') || replayed(path));
  while (waiting.length > 0) {
    const path = waiting.pop()!;
    if (run.has(path)) continue;
    run.add(path);
    const imports = sources
      .get(path)!
      .join('\n')
      .matchAll(/(?:from|import\(|require\(|URL\()\s*'(\.[^']+)'/g);
    for (const [, name] of imports) {
      const imported = join(dirname(path), name!.replace(/\.[jt]s$/, '')) + '.ts';
      if (sources.has(imported)) waiting.push(imported);
    }
  }
  return run;
}

function replayed(path: string): boolean {
  const name = relative('apps/tutorial/src', path).replace(/\.ts$/, '.json');
  return existsSync(join(ROOT, 'apps/tutorial/recordings', name));
}

function markdown(folder: string): string[] {
  return files(folder, '.md');
}

function files(folder: string, end: string): string[] {
  return readdirSync(resolve(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}
