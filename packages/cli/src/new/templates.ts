import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Template {
  readonly name: string;
  readonly description: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

const RUN = ['vivace', 'class-transformer', 'class-validator'];
const DEVELOP = [
  '@types/jest',
  '@types/node',
  '@vivace/cli',
  '@vivace/compiler',
  'jest',
  'typescript',
];

export const TEMPLATES: readonly Template[] = [
  {
    name: 'minimal',
    description: 'one controller and its test',
    dependencies: RUN,
    devDependencies: DEVELOP,
  },
  {
    name: 'api',
    description:
      'users, posts and sign-in in layers, with settings, tests, lint, Dockerfile and CI',
    dependencies: RUN,
    devDependencies: [...DEVELOP, '@vivace/lint', 'oxlint', 'oxlint-tsgolint', 'prettier'],
  },
];

const ROOT = join(__dirname, '../../templates');
/** What tools write beside the sources of a template is none of it. */
const WRITTEN = /(?:^|[\\/])(?:\.vivace|node_modules|dist)(?:[\\/]|$)/;
/** Files that npm would not publish, or that tools of this repository would read, have another first letter in the package. */
const HIDDEN = /^_(?=gitignore$|dockerignore$|prettierignore$|oxlintrc\.json$)/;

/** The files of a template by their paths, with the words in double braces filled in; a line with an empty word is left out. */
export function filesOf(
  { name }: Template,
  words: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const directory = join(ROOT, name);
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !WRITTEN.test(entry.parentPath.slice(directory.length)),
  );
  return new Map(
    entries.map((entry) => {
      const folder = entry.parentPath.slice(directory.length + 1);
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      return [join(folder, entry.name.replace(HIDDEN, '.')), filled(text, words)];
    }),
  );
}

function filled(text: string, words: Readonly<Record<string, string>>): string {
  const kept = text.replaceAll(/^.*\{\{(\w+)\}\}.*\n/gm, (line, word: string) =>
    words[word] === '' ? '' : line,
  );
  return kept.replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => words[word] ?? '');
}
