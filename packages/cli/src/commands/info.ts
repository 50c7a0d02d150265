import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkTypes } from '@vivace/compiler';
import type { Command } from 'commander';
import { findEntry } from '../project/entry';
import { shownPath } from '../terminal/shown-path';
import { projectAt, type Project } from '../project/project';
import { versionOf } from '../version';
import { dim } from '../terminal/style';
import { table } from '../terminal/table';

const PACKAGES = [
  'vivace',
  '@vivace/compiler',
  'fastify',
  'typescript',
  'class-validator',
  'class-transformer',
];

/** `vivace info`: the versions for a bug report. */
export function infoCommand(program: Command): Command {
  return program
    .command('info')
    .description('show versions and what was found of the project')
    .addHelpText('after', '\nExample:\n  $ vivace info')
    .action(() => {
      const project = projectAt('.');
      const rows = [
        ['vivace CLI', versionOf()],
        ['node', `${process.version} (${process.platform} ${process.arch})`],
        ...packagesOf(project).map((name) => [name, installed(project, name) ?? 'not installed']),
        ['project', `${project.name} (${project.type}) in ${project.root}`],
        ['application', applicationOf(project)],
        [
          'types',
          checkTypes(project.root).fresh ? 'fresh' : 'not written, or older than the program',
        ],
      ];
      console.log(table(rows.map(([name, value]) => [dim(name!), value!])));
    });
}

/** With what the project adds to the framework: `@vivace/sql`, for example. */
function packagesOf({ dependencies }: Project): readonly string[] {
  const added = Object.keys(dependencies).filter(
    (name) => name.startsWith('@vivace/') && name !== '@vivace/cli',
  );
  return [...new Set([...PACKAGES, ...added.toSorted()])];
}

function installed({ root }: Project, name: string): string | undefined {
  const folders = createRequire(join(root, 'package.json')).resolve.paths(name) ?? [];
  const file = folders
    .map((folder) => join(folder, name, 'package.json'))
    .find((path) => existsSync(path));
  return file === undefined
    ? undefined
    : (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function applicationOf(project: Project): string {
  try {
    const { file, exported } = findEntry(project);
    return `${shownPath(file)}${exported === undefined ? ', a program that listens itself' : `, export '${exported}'`}`;
  } catch {
    return 'not found';
  }
}
