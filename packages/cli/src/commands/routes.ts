import type { Command } from 'commander';
import { findEntry } from '../project/entry';
import { loadApplication } from '../project/load-application';
import { projectAt } from '../project/project';
import { entryListing, listing } from '../routes/listing';

/** `vivace routes`. */
export function routesCommand(program: Command): Command {
  return program
    .command('routes')
    .description('list what the application answers')
    .argument('[entry]', 'file of the application, such as src/app.ts')
    .option('--json', 'as JSON, with everything that is known')
    .option('--all', 'also what is called by something other than HTTP')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vivace routes\n  $ vivace routes --json | jq ".[].path"',
    )
    .action(async (named: string | undefined, { json, all }: { json?: true; all?: true }) => {
      const project = projectAt('.');
      const app = await loadApplication(project, findEntry(project, named));
      const routes = await app.routes();
      const entries = all ? await app.entries() : [];
      if (json) return console.log(JSON.stringify([...routes, ...entries], null, 2));
      console.log(listing(routes, process.stdout.columns));
      if (entries.length > 0) console.log(`\n${entryListing(entries)}`);
    });
}
