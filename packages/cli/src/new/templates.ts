import { join, parse } from 'node:path';
import { templateFiles } from '../project/template-files';

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

export const TEMPLATES: readonly [Template, ...Template[]] = [
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

/** Files whose name begins with `_` instead of a dot: see `templates/README.md`. */
const HIDDEN = /^_(?=gitignore$|dockerignore$|prettierignore$|oxlintrc\.json$)/;

/** The files of a template by their paths. */
export function filesOf(
  { name }: Template,
  words: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const files = [...templateFiles(name, words)].map(([path, text]): [string, string] => {
    const { dir, base } = parse(path);
    return [join(dir, base.replace(HIDDEN, '.')), text];
  });
  return new Map(files);
}
