import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { injectIdentities, noteOf } from '@vivace/compiler';
import type { Command } from 'commander';
import { commandPackages } from '../packages/installed';
import { packageProject } from '../packages/package-project';
import { outDirOf } from '../project/output';
import { shownPath } from '../terminal/shown-path';
import { projectAt, type Project } from '../project/project';
import { dim, green, warning } from '../terminal/style';
import { UserError } from '../terminal/user-error';

/** `vivace build`. */
export function buildCommand(program: Command): Command {
  return program
    .command('build')
    .description('check the types and write JavaScript for production')
    .option('--check', 'only check the types')
    .option(
      '-p, --project <file>',
      'the tsconfig; tsconfig.build.json by default where there is one',
    )
    .addHelpText(
      'after',
      '\nWhat it writes needs neither this command nor TypeScript: node dist/main.js\n\nExamples:\n  $ vivace build\n  $ vivace build --check',
    )
    .action(async (options: { check?: boolean; project?: string }) => {
      const project = projectAt('.');
      const config = configOf(project, options.project);
      const begun = performance.now();
      console.log(dim('checking the types …'));
      compile(project, config, options.check === true);
      if (options.check) return console.log(green('The types are right.'));
      const outDir = outDirOf(project, join(project.root, config));
      const { files, definitions, plain } = injectIdentities(outDir, project.root);
      for (const { commands } of await commandPackages(project))
        await commands.built?.(packageProject(project), outDir);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      console.log(
        `${green(shownPath(outDir))} ${dim(`${files} files, ${definitions} types, ${seconds} s`)}`,
      );
      for (const each of plain) console.error(warning(noteOf(each)));
    });
}

function configOf({ root }: Project, named: string | undefined): string {
  const file = [named, 'tsconfig.build.json', 'tsconfig.json']
    .filter((name) => name !== undefined)
    .find((name) => existsSync(join(root, name)));
  if (file !== undefined && (named === undefined || file === named)) return file;
  throw new UserError(
    `There is no ${named ?? 'tsconfig.json'} in ${root}.`,
    named === undefined ? 'vivace new makes a project that has one' : undefined,
  );
}

/** Runs `tsc`, which prints type errors itself. */
function compile({ root }: Project, config: string, checkOnly: boolean): void {
  const tsc = typescriptOf(root);
  const { status, error } = spawnSync(
    process.execPath,
    [tsc, '-p', config, '--noEmit', String(checkOnly), '--noEmitOnError'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (error) throw error;
  if (status !== 0)
    throw new UserError(
      'The program has type errors.',
      checkOnly ? undefined : 'Nothing was built',
    );
}

function typescriptOf(root: string): string {
  try {
    return join(
      createRequire(join(root, 'package.json')).resolve('typescript/package.json'),
      '../bin/tsc',
    );
  } catch {
    throw new UserError(
      'TypeScript is not installed in this project.',
      'npm install --save-dev typescript',
    );
  }
}
