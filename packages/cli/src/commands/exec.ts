import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Dependency, Server, Vivace } from 'vivace';
import { startServices } from '../packages/services';
import { exportOf, importModule } from '../project/application';
import { ensureEnvironment } from '../project/environment';
import { loadProgram } from '../project/load-application';
import { projectAt } from '../project/project';
import { shownPath } from '../terminal/shown-path';
import { UserError } from '../terminal/user-error';

/** `vivace exec`. */
export function execCommand(program: Command): Command {
  return program
    .command('exec')
    .description('run a script with what the application injects: seeds, repairs')
    .argument('<file>', 'its default export is a dependency, or a function of the server')
    .argument('[arguments...]', 'what the script finds in process.argv')
    .option('--app <entry>', 'file of the application, such as src/app.ts')
    .passThroughOptions()
    .addHelpText(
      'after',
      '\nWith NODE_ENV=production it runs what was built.\n\nExamples:\n  $ vivace exec src/seed.ts\n  $ vivace exec src/repair.ts --since 2026-01-01',
    )
    .action(async (file: string, args: readonly string[], options: { app?: string }) => {
      ensureEnvironment('development');
      const project = projectAt('.');
      const path = resolve(file);
      if (!existsSync(path)) throw new UserError(`There is no file ${file}.`);
      await using _services = await startServices(project);
      const { app, compiled } = await loadProgram(project, options.app);
      process.argv = [process.execPath, path, ...args];
      const script = exportOf(await importModule(compiled(path)), 'default');
      await run(app, script, path);
    });
}

async function run(app: Vivace, script: unknown, path: string): Promise<void> {
  if (script === undefined || script === null)
    throw new UserError(
      `${shownPath(path)} has no default export.`,
      'Such as: export default dependency({ users: UsersService }, ({ users }) => users.tidy())',
    );
  await using server = await app.build();
  if (typeof script === 'function') await (script as (server: Server) => unknown)(server);
  else await server.run(script as Dependency<unknown>);
}
