import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { findEntry, shown } from '../project/entry';
import { loadApplication } from '../project/load';
import { projectAt } from '../project/project';

/** `vivace openapi`. */
export function openapiCommand(program: Command): Command {
  return program
    .command('openapi')
    .description('write the OpenAPI document')
    .argument('[entry]', 'file of the application')
    .option('--out <file>', 'a file instead of the terminal')
    .addHelpText('after', '\nExamples:\n  $ vivace openapi > openapi.json\n  $ vivace openapi --out openapi.json')
    .action(async (named: string | undefined, options: { out?: string }) => {
      const project = projectAt('.');
      const app = await loadApplication(project, findEntry(project, named));
      const text = `${JSON.stringify(await app.openapi(), null, 2)}\n`;
      if (options.out === undefined) process.stdout.write(text);
      else {
        writeFileSync(options.out, text);
        console.log(shown(options.out));
      }
    });
}
