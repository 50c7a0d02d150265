import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { startServices } from '../packages/services';
import { projectAt, type Project } from '../project/project';
import { UserError } from '../terminal/user-error';

/** `vivace test`. */
export function testCommand(program: Command): Command {
  return program
    .command('test')
    .description('run the tests by Jest, with the services that they need')
    .argument('[arguments...]', 'those of Jest')
    .allowUnknownOption()
    .addHelpText(
      'after',
      '\nIt ends with the exit code of Jest, and NODE_ENV is test.\n\nExamples:\n  $ vivace test\n  $ vivace test src/users --watch',
    )
    .action(async (args: readonly string[]) => {
      const project = projectAt('.');
      const jest = jestOf(project);
      process.env['NODE_ENV'] = 'test';
      process.chdir(project.root);
      await using _services = await startServices(project);
      process.exitCode = await run(jest, [...presetOf(project, args), ...args]);
    });
}

function jestOf({ root }: Project): string {
  try {
    return createRequire(join(root, 'package.json')).resolve('jest/bin/jest');
  } catch {
    throw new UserError(
      'Jest is not installed in this project.',
      'npm install --save-dev jest @types/jest',
    );
  }
}

/** A project that does not configure Jest has our preset. */
function presetOf({ root, jest }: Project, args: readonly string[]): readonly string[] {
  const isConfigured =
    jest !== undefined ||
    readdirSync(root).some((file) => file.startsWith('jest.config.')) ||
    args.some((arg) => /^(--config|-c|--preset)(=|$)/.test(arg));
  return isConfigured ? [] : ['--preset', '@vivace/compiler/jest'];
}

/** Runs a program of Node until it ends; its exit code, as a shell gives it. */
async function run(script: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
  // A terminal sends its own to both, and the program ends first.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', (name) => child.kill(name));
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + constants.signals[signal ?? 'SIGKILL'];
}
