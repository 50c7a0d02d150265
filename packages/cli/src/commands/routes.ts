import type { Command } from 'commander';
import { findEntry } from '../project/entry';
import { loadApplication } from '../project/load-application';
import { projectAt } from '../project/project';
import { listing } from '../routes/listing';

/** `vivace routes`. */
export function routesCommand(program: Command): Command {
  return program
    .command('routes')
    .description('list what the application answers')
    .argument('[entry]', 'file of the application, such as src/app.ts')
    .option('--json', 'as JSON, with everything that is known')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vivace routes\n  $ vivace routes --json | jq ".[].path"',
    )
    .action(async (named: string | undefined, options: { json?: boolean }) => {
      const project = projectAt('.');
      const app = await loadApplication(project, findEntry(project, named));
      const routes = await app.routes();
      console.log(
        options.json ? JSON.stringify(routes, null, 2) : listing(routes, process.stdout.columns),
      );
    });
}
