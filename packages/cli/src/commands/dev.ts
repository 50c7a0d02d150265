import { Option, type Command } from 'commander';
import { DevServer, type DevOptions } from '../dev/server';
import { startServices } from '../packages/services';
import { ensureEnvironment } from '../project/environment';
import { projectAt, type Project } from '../project/project';
import { portOf } from '../run/arguments';
import { UserError } from '../terminal/user-error';

/** `vivace dev`. */
export function devCommand(program: Command): Command {
  return program
    .command('dev')
    .description('serve the project while you write it: a saved file is served at once')
    .argument('[entry]', 'file of the application, such as src/app.ts or src/app.ts:app')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--port <port>', 'port to listen on').env('PORT').argParser(portOf).default(8000),
    )
    .option('--root-path <path>', 'path that a proxy strips')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vivace dev\n  $ vivace dev src/admin.ts:createApp --port 9000',
    )
    .action(
      async (
        entry: string | undefined,
        options: { host: string; port: number; rootPath?: string },
      ) => {
        if (ensureEnvironment('development') === 'production') {
          throw new UserError(
            'NODE_ENV is production, and vivace dev is for development.',
            'vivace build && vivace run',
            { usage: true },
          );
        }
        const project = projectAt('.');
        process.chdir(project.root);
        await serve(project, { entry, listen: options });
        process.exit(0);
      },
    );
}

/** With the services of its packages, which all versions of the program share. */
async function serve(project: Project, options: DevOptions): Promise<void> {
  await using _services = await startServices(project);
  await new DevServer(project, options).run();
}
