import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Expression, parseSync, Visitor } from 'oxc-parser';
import { isSafePattern } from 'redos-detector';

const src = join(__dirname, '../src');

/** Patterns that see nothing but the text of the program itself, or of who runs it; by the folder or file that they stand in. */
const OF_THE_PROGRAM: Readonly<Record<string, readonly string[]>> = {
  'app/url-for.ts': [String.raw`:(\w+)(?:\([^)]*\))?|\*(\w+)$`],
  'declare/call-site.ts': [String.raw`((?:file:\/\/|[A-Za-z]:[\\/]|\/).*):(\d+):\d+\)?$`],
  'declare/dependency.ts': [String.raw`~\d+$`],
  'docs/page-policy.ts': [String.raw`<script>([^]*?)<\/script>`],
  'http/routes.ts': [String.raw`\*\w+$`],
  'model/duplicates.ts': [String.raw`\*.*$`],
  'model/inputs/parameters.ts': [String.raw`^(__\d+)?$|[{[]`],
  'model/path.ts': [
    String.raw`\*([A-Za-z_$][\w$]*)$`,
    String.raw`\{(\w+):path\}`,
    String.raw`\{(\w+)(:\w+)?\}`,
  ],
  'process/offload-worker.ts': [String.raw`^(async\s+)?(function\b|\(|[\w$]+\s*=>)`],
  'schema/class-transformer.ts': [String.raw`class-transformer[\\/]\w+[\\/]storage\.js$`],
  'schema/generics.ts': [String.raw`~\d+$`],
  'schema/names.ts': [String.raw`([A-Z]+)([A-Z][a-z])`],
  'security/token-key.ts': [String.raw`-----BEGIN |^\s*(?:ssh|ecdsa)-|"kty"`],
  'settings/weak-secrets.ts': [
    String.raw`(?:^|_)(?:jwt|token|session|cookie|signing|secret)_(?:key|secret)$|^secret$`,
  ],
  'validate/instantiate.ts': [String.raw`#|\bconstructor\s*\(`],
};

/** Where patterns are made: from what a program wrote, or as another test shows. */
const MADE: readonly string[] = [
  'http/origins.ts',
  'http/route-pattern.ts',
  'model/host.ts',
  'responses/cookie.ts',
  'schema/class-validator.ts',
  'schema/constraints.ts',
  'schema/tags.ts',
  'schema/template.ts',
];

interface Pattern {
  readonly path: string;
  readonly source: string;
  readonly flags: string;
}

const patterns: Pattern[] = [];
const made = new Set<string>();
for (const path of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.ts') || /\.test(?:-d)?\.ts$/.test(path)) continue;
  const file = path.replaceAll('\\', '/');
  const { program } = parseSync(file, readFileSync(join(src, path), 'utf8'));
  const noteMade = (callee: Expression): void => {
    if (callee.type === 'Identifier' && callee.name === 'RegExp') made.add(file);
  };
  new Visitor({
    Literal(node) {
      if ('regex' in node)
        patterns.push({ path: file, source: node.regex.pattern, flags: node.regex.flags });
    },
    NewExpression: ({ callee }) => noteMade(callee),
    CallExpression: ({ callee }) => noteMade(callee),
  }).visit(program);
}

/**
 * Whether a text, however long, can be read in a number of ways that has a bound.
 *
 * A pattern that is not tied to the start is tried from each character: so also `/0+$/` has no bound.
 */
function isLinear({ source: written, flags }: Pattern): boolean {
  // What is sticky begins where it is told to.
  const source = flags.includes('y') ? `^(?:${written})` : written;
  const options = {
    unicode: flags.includes('u'),
    dotAll: flags.includes('s'),
    multiLine: flags.includes('m'),
    maxScore: 50,
  };
  if (!flags.includes('i') || options.unicode) return isSafePattern(source, options).safe;
  try {
    return isSafePattern(source, { ...options, caseInsensitive: true }).safe;
  } catch {
    // The detector cannot fold every character class.
    return isSafePattern(source, options).safe;
  }
}

describe('the patterns of the framework', () => {
  it('are found', () => {
    expect(patterns.length).toBeGreaterThan(150);
    expect(isLinear({ path: '', source: '^a+$', flags: '' })).toBe(true);
    for (const source of ['a+$', '^(?:a+)+$', '^a+.?a*$', String.raw`\s*,\s*`])
      expect(isLinear({ path: '', source, flags: '' })).toBe(false);
  });

  it('take no more than linear time, but for those that see only the program', () => {
    const slow = patterns.filter(
      (pattern) =>
        OF_THE_PROGRAM[pattern.path]?.includes(pattern.source) !== true && !isLinear(pattern),
    );
    expect(slow).toEqual([]);
  });

  it('that see only the program are still there', () => {
    const listed = Object.entries(OF_THE_PROGRAM).flatMap(([path, sources]) =>
      sources.map((source) => `${path} ${source}`),
    );
    const there = new Set(patterns.map(({ path, source }) => `${path} ${source}`));
    expect(listed.filter((one) => !there.has(one))).toEqual([]);
  });

  it('are made in few places', () => {
    expect([...made].toSorted()).toEqual(MADE);
  });
});
