import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Project } from '../project/project';

/** Something that is not fit for production. */
export interface Finding {
  /** `src/app.ts:12`, or a file. */
  readonly place: string;
  readonly seen: string;
  /** What to write instead. */
  readonly write: string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly seen: string;
  readonly write: string;
  /** Whether what was matched is meant, by the text that follows it. */
  readonly unless?: (match: RegExpExecArray) => boolean;
}

/** Minutes after which a stolen token should be of no use. */
const LONGEST_TOKEN = 60;

/** What stands in sources: by their text, so that nothing of the project is run. */
const RULES: readonly Rule[] = [
  {
    pattern: /\bdebug:\s*true\b/,
    seen: 'debug sends the traces of errors to clients.',
    write: 'remove it, or take it from settings that are false in production',
  },
  {
    pattern: /\bcors\(\s*(?:\)|\{[^}]*\borigins:\s*(?:'\*'|"\*"|\[\s*['"]\*['"]))/,
    seen: 'Every web page may call the application.',
    write: "cors({ origins: ['https://shop.example'] })",
  },
  {
    pattern: /\btrustProxy:\s*true\b/,
    seen: 'X-Forwarded-* of everybody is believed, so that a client chooses its own address.',
    write: "trustProxy: ['10.0.0.0/8'], the addresses of your proxy",
  },
  {
    pattern: /\bbodyLimit:\s*([\d_]+)(?:\s*\*\s*1024\s*\*\s*1024|\s*\*\s*2\s*\*\*\s*20)?/,
    seen: 'A body may have more than 10 MiB, which are held in memory.',
    write: 'a smaller limit, or an UploadFile, which is kept on disk',
    unless: ([text, number = '']) => Number(number.replaceAll('_', '')) * (text.includes('*') ? 2 ** 20 : 1) <= 10 * 2 ** 20,
  },
  {
    pattern: /\bseconds:\s*([\d_]+(?:\s*\*\s*[\d_]+)*)\s*\}\s*\)/,
    seen: `A token is good for more than ${LONGEST_TOKEN} minutes.`,
    write: 'a short one, and refresh tokens: refreshTokens() of vivace/security',
    unless: ({ 1: product = '', input, index }) =>
      !/\bsignToken\([^;]*$/.test(input.slice(0, index)) || seconds(product) <= LONGEST_TOKEN * 60,
  },
  {
    pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\b(?:AKIA|ASIA)[A-Z\d]{16}\b|\bsk_live_\w{16,}/,
    seen: 'A key stands in the program.',
    write: 'a Secret of a settings class, and a new key: this one is known',
  },
];

const seconds = (product: string): number => product.split('*').reduce((all, part) => all * Number(part.replaceAll('_', '')), 1);

/** What is not fit for production in the sources, one finding for a line and rule. */
export function inText(place: string, text: string): readonly Finding[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (/^\s*(?:\/\/|\*|\/\*)/.test(line)) return [];
    return RULES.flatMap(({ pattern, seen, write, unless }) => {
      const match = pattern.exec(line);
      return match === null || unless?.(match) === true ? [] : [{ place: `${place}:${index + 1}`, seen, write }];
    });
  });
}

/** What no source of the application has, though it should. */
export function missing(texts: ReadonlyMap<string, string>): readonly Finding[] {
  const all = [...texts.values()].join('\n');
  const [place, text] = [...texts].find(([, one]) => /\bnew Vivace\(/.test(one)) ?? [];
  if (place === undefined || text === undefined) return [];
  const line = text.slice(0, text.indexOf('new Vivace(')).split('\n').length;
  const at = `${place}:${line}`;
  return [
    ...(/\brateLimit\(/.test(all)
      ? []
      : [{ place: at, seen: 'Nothing limits how often a client asks.', write: 'middleware: [rateLimit({ limit: 100, seconds: 60 })]' }]),
    ...(/\bdocs:/.test(all)
      ? []
      : [{ place: at, seen: 'The documentation is public.', write: 'docs: false in production, or docs: {} if anybody may read it' }]),
  ];
}

/** Secrets that git would publish. */
export function inRepository(root: string): readonly Finding[] {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) return [];
  return stdout
    .split('\0')
    .filter((file) =>
      /(?:^|\/)(?:\.env(?:\.(?!example$|sample$|test$)[\w-]+)?|id_(?:rsa|ed25519|ecdsa)|[^/]+\.(?:pem|p12|pfx|key))$/.test(file),
    )
    .map((file) => ({
      place: file,
      seen: 'A file of secrets is part of the repository.',
      write: `git rm --cached ${file}, a line in .gitignore, and new secrets: these are known`,
    }));
}

/** The sources of a project without its tests, by their paths. */
export function sourcesOf({ root }: Project): ReadonlyMap<string, string> {
  const folder = existsSync(join(root, 'src')) ? join(root, 'src') : root;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        /(?<!\.d)\.[cm]?ts$/.test(file) && !/\.(?:test|spec|test-d)\.|(?:^|[\\/])(?:node_modules|dist|\.vivace|coverage)[\\/]/.test(file),
    )
    .toSorted();
  return new Map(
    files.map((file) => {
      const path = join(folder, file);
      return [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}
