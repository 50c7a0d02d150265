import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { isSafePattern } from 'redos-detector';

const src = join(__dirname, '../src');

/** Patterns that see nothing but the text of the program itself, or of who runs it. */
const OF_THE_PROGRAM: readonly string[] = [
  // Paths of routes, and names of types, files and settings.
  String.raw`:(\w+)(?:\([^)]*\))?|\*(\w+)$`,
  String.raw`\*\w+$`,
  String.raw`\*.*$`,
  String.raw`\*([A-Za-z_$][\w$]*)$`,
  String.raw`(?<!:):([A-Za-z_$][\w$]*)([^\w$().\-/?])`,
  String.raw`\{(\w+):path\}`,
  String.raw`\{(\w+)(:\w+)?\}`,
  String.raw`~\d+$`,
  String.raw`@(\d+)$`,
  String.raw`@[\d?]+$`,
  String.raw`(~\d+)?@.*$`,
  String.raw`(~\d+)?(@\d+)?$`,
  String.raw`^(__\d+)?$|[{[]`,
  String.raw`([A-Z]+)([A-Z][a-z])`,
  String.raw`class-transformer[\\/]\w+[\\/]storage\.js$`,
  String.raw`(?:^|_)(?:jwt|token|session|cookie|signing|secret)_(?:key|secret)$|^secret$`,
  // Its code, stack traces, keys, and pages of its documentation.
  String.raw`\["[^"\n]*",this,`,
  String.raw`\[native code\]\s*\}$`,
  String.raw`((?:file:\/\/|[A-Za-z]:[\\/]|\/).*):(\d+):\d+\)?$`,
  String.raw`-----BEGIN |^\s*(?:ssh|ecdsa)-|"kty"`,
  String.raw`<script>([^]*?)<\/script>`,
];

interface Pattern {
  readonly path: string;
  readonly source: string;
  readonly flags: string;
}

const patterns: Pattern[] = [];
for (const path of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.ts') || /\.test(?:-d)?\.ts$/.test(path)) continue;
  const file = path.replaceAll('\\', '/');
  const { program } = parseSync(file, readFileSync(join(src, path), 'utf8'));
  new Visitor({
    Literal(node) {
      if ('regex' in node)
        patterns.push({ path: file, source: node.regex.pattern, flags: node.regex.flags });
    },
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
      (pattern) => !OF_THE_PROGRAM.includes(pattern.source) && !isLinear(pattern),
    );
    expect(slow).toEqual([]);
  });

  it('that see only the program are still there', () => {
    const there = new Set(patterns.map(({ source }) => source));
    expect(OF_THE_PROGRAM.filter((source) => !there.has(source))).toEqual([]);
  });
});
