import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { OpenAPIDocument } from 'vivace/openapi';
import { generateClient } from '../client/generate-client';
import { documentOf, viewOptions, type ViewOptions } from '../project/document-view';
import { findEntry } from '../project/entry';
import { loadApplication } from '../project/load-application';
import { projectAt } from '../project/project';
import { writeFile } from '../project/write-file';
import { shownPath } from '../terminal/shown-path';
import { dim, green } from '../terminal/style';
import { UserError } from '../terminal/user-error';

const HEAD =
  '// Written by vivace client; what is changed here is lost when it is written again.\n';
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** `vivace client`. */
export function clientCommand(program: Command): Command {
  return viewOptions(program.command('client'))
    .description('write a typed TypeScript client of the application')
    .argument('[entry]', 'file of the application')
    .option('--out <directory>', 'where it is written; src/client of the project by default')
    .addHelpText(
      'after',
      '\nIt is generated from the OpenAPI document by swagger-typescript-api.\n\nExamples:\n  $ vivace client\n  $ vivace client --out ../web/src/api',
    )
    .action(async (named: string | undefined, options: ViewOptions & { out?: string }) => {
      const project = projectAt('.');
      const directory =
        options.out === undefined ? join(project.root, 'src/client') : resolve(options.out);
      const app = await loadApplication(project, findEntry(project, named));
      // Operation ids contain path and method. In a client the name of the controller's method is
      // enough.
      const names = new Map(
        (await app.routes()).map(({ operationId, name }) => [operationId ?? '', camelCase(name)]),
      );
      const document = await documentOf(app, options);
      const files = (await generateClient(document, names)).map(({ name, text }) => ({
        file: join(directory, name),
        text: HEAD + text,
      }));
      for (const { file } of files) keepWhatIsNotOurs(file);
      for (const { file, text } of files) {
        writeFile(file, text);
        console.log(`${green(shownPath(file))} ${dim(`${operationCount(document)} operations`)}`);
      }
    });
}

function operationCount({ paths }: OpenAPIDocument): number {
  return Object.values(paths ?? {}).flatMap((path) =>
    Object.keys(path).filter((key) => METHODS.includes(key)),
  ).length;
}

/** @throws UserError for a file that was written by hand */
function keepWhatIsNotOurs(file: string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8').startsWith(HEAD)) return;
  throw new UserError(
    `${shownPath(file)} is there already, and was not generated.`,
    'Name another folder: vivace client --out src/api',
  );
}

/** `read_item` and `ReadItem` → `readItem`. */
function camelCase(name: string): string {
  const joined = name.replaceAll(/[_-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}
