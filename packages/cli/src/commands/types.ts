import { checkTypes, injectIdentities, writeTypes } from '@vivace/compiler';
import type { Command } from 'commander';
import { shownPath } from '../terminal/shown-path';
import { projectAt } from '../project/project';
import { progress } from '../terminal/progress';
import { UserError } from '../terminal/user-error';
import { warning } from '../terminal/style';

/** `vivace types`. */
export function typesCommand(program: Command): Command {
  return program
    .command('types')
    .description('write the types of the program for development and tests')
    .option('--check', 'only compare; fails where a file has changed since')
    .option('--inject <directory>', 'after tsc: put types into what it wrote there')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vivace types\n  $ vivace types --check\n  $ tsc && vivace types --inject dist',
    )
    .action((options: { check?: boolean; inject?: string }) => {
      const { root } = projectAt('.');
      if (options.check) return check(root);
      const written = write(root, options.inject);
      for (const file of written.broken)
        console.error(
          warning(`${shownPath(file)} has a type that cannot be resolved; tsc says which.`),
        );
      console.log(
        `${shownPath(written.path)}: ${written.definitions} definitions of ${written.files} files`,
      );
    });
}

function check(root: string): void {
  const { fresh, missing, stale } = checkTypes(root);
  if (fresh) return console.log('The types are fresh.');
  const reason = missing
    ? 'There are no types yet.'
    : stale.length > 0
      ? 'The types are older than:'
      : 'The types are older than what is installed or built.';
  throw new UserError(
    [reason, ...stale.map((file) => `  ${shownPath(file)}`)].join('\n'),
    'Write them with: npx vivace types',
  );
}

function write(root: string, built: string | undefined): ReturnType<typeof writeTypes> {
  using _progress = progress('reading the types');
  return built === undefined ? writeTypes(root) : injectIdentities(built, root);
}
