import { resolve } from 'node:path';
import type { Command } from 'commander';
import { openapi30 } from 'vivace/openapi';
import { stringify } from 'yaml';
import { findEntry } from '../project/entry';
import { shownPath } from '../terminal/shown-path';
import { loadApplication } from '../project/load-application';
import { projectAt } from '../project/project';
import { writeFile } from '../project/write-file';
import { documentOf, viewOptions, type ViewOptions } from '../project/document-view';

interface Options extends ViewOptions {
  readonly yaml?: boolean;
  readonly '3.0'?: boolean;
  readonly out?: string;
}

/** `vivace openapi`. */
export function openapiCommand(program: Command): Command {
  return viewOptions(program.command('openapi'))
    .description('write the OpenAPI document')
    .argument('[entry]', 'file of the application')
    .option('--yaml', 'as YAML')
    .option('--3.0', 'as OpenAPI 3.0.3, for tools that do not read 3.1')
    .option('--out <file>', 'a file instead of the terminal')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vivace openapi > openapi.json\n  $ vivace openapi --yaml --3.0 --out openapi.yaml\n  $ vivace openapi --api-version 2 --host admin.example.com',
    )
    .action(async (named: string | undefined, options: Options) => {
      const project = projectAt('.');
      const file = options.out === undefined ? undefined : resolve(options.out);
      const app = await loadApplication(project, findEntry(project, named));
      const document = await documentOf(app, options);
      const written = options['3.0'] ? openapi30(document) : document;
      const text = options.yaml
        ? stringify(written, { aliasDuplicateObjects: false })
        : `${JSON.stringify(written, null, 2)}\n`;
      if (file === undefined) return void process.stdout.write(text);
      writeFile(file, text);
      console.log(shownPath(file));
    });
}
