import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { startServices } from '../packages/services';
import { ensureEnvironment } from '../project/environment';
import { loadProgram } from '../project/load-application';
import { projectAt } from '../project/project';
import { shell } from '../shell/shell';
import { wordsOf } from '../shell/words';

/** `vivace shell`. */
export function shellCommand(program: Command): Command {
  return program
    .command('shell')
    .description('try the application by hand: its classes by name, and what they give')
    .argument('[entry]', 'file of the application, such as src/app.ts')
    .addHelpText(
      'after',
      '\nIn it there are app, run, load, and every class of the program:\n  > await run({ users: UsersService }, ({ users }) => users.list())\n  > const { seed } = await load("src/seed.ts")\n\nExamples:\n  $ vivace shell\n  $ echo "(await app.routes()).length" | vivace shell',
    )
    .action(async (named: string | undefined) => {
      ensureEnvironment('development');
      const project = projectAt('.');
      await using _services = await startServices(project);
      const loaded = await loadProgram(project, named);
      await using server = await loaded.app.build();
      const history = join(project.root, '.vivace');
      mkdirSync(history, { recursive: true });
      await shell(wordsOf(project, loaded, server), join(history, 'shell-history'));
    });
}
