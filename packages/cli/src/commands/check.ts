import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { checkTypes } from '@vivace/compiler';
import type { Finding, SourceFile } from '@vivace/lint/check';
import type { Command } from 'commander';
import { secretsInGit } from '../check/secrets-in-git';
import { projectAt, type Project } from '../project/project';
import { sourceFiles } from '../project/source-files';
import { EXIT } from '../terminal/exit-codes';
import { bold, dim, green, yellow } from '../terminal/style';
import { UserError } from '../terminal/user-error';

/** `vivace check`. */
export function checkCommand(program: Command): Command {
  return program
    .command('check')
    .description('look for what is not fit for production')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nIt reads types, sources and the names of files in git; nothing is run. Its rules\nare those of @vivace/lint, which the project has to install.\nFails where it finds something, for CI.\n\nExamples:\n  $ vivace check\n  $ vivace check --json | jq ".[].place"',
    )
    .action((options: { json?: boolean }) => {
      const findings = findingsOf(projectAt('.'));
      console.log(options.json ? JSON.stringify(findings, null, 2) : listing(findings));
      if (findings.length > 0) process.exitCode = EXIT.failed;
    });
}

function findingsOf(project: Project): readonly Finding[] {
  const { findingsIn } = lintOf(project);
  return [...staleTypes(project), ...findingsIn(filesOf(project)), ...secretsInGit(project.root)];
}

/** The project's own copy, so that the linter in the editor says the same. */
function lintOf({ root }: Project): typeof import('@vivace/lint/check') {
  const { resolve } = createRequire(join(root, 'package.json'));
  let path: string;
  try {
    path = resolve('@vivace/lint/check');
  } catch {
    throw new UserError(
      '@vivace/lint, which has the rules, is not installed in this project.',
      'npm install --save-dev @vivace/lint',
    );
  }
  return require(path) as typeof import('@vivace/lint/check');
}

function filesOf(project: Project): readonly SourceFile[] {
  return sourceFiles(project).map((path) => ({
    path,
    place: relative(project.root, path).replaceAll('\\', '/'),
    text: readFileSync(path, 'utf8'),
  }));
}

/** Missing types are written where they are needed, but old types would be refused at boot. */
function staleTypes({ root }: Project): readonly Finding[] {
  const { fresh, missing: never } = checkTypes(root);
  if (fresh || never) return [];
  return [
    { place: '.vivace', seen: 'The types are older than the program.', write: 'npx vivace types' },
  ];
}

function listing(findings: readonly Finding[]): string {
  if (findings.length === 0) return green('Nothing was found that is not fit for production.');
  const blocks = findings.map(
    ({ place, rule, seen, write }) =>
      `${bold(place)}${rule ? dim(`  vivace/${rule}`) : ''}\n  ${seen}\n  ${dim(write)}\n`,
  );
  const { length } = findings;
  return [...blocks, yellow(`${length} ${length === 1 ? 'finding' : 'findings'}`)].join('\n');
}
