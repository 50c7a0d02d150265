import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { findEntry } from '../project/entry';
import { shownPath } from '../terminal/shown-path';
import { loadApplication } from '../project/load-application';
import { projectAt, type Project } from '../project/project';
import { writeFile } from '../project/write-file';
import { documentOf, viewOptions, type ViewOptions } from '../project/document-view';
import { dim, green } from '../terminal/style';
import { UserError } from '../terminal/user-error';

const GENERATOR = 'swagger-typescript-api';
const HEAD =
  '// Written by vivace client; what is changed here is lost when it is written again.\n';
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** What the generator writes for browsers only, and what a project for Node can compile instead. */
const FOR_ALL: readonly (readonly [written: string, instead: string])[] = [
  [
    'keyof Omit<Body, "body" | "bodyUsed">',
    '"arrayBuffer" | "blob" | "formData" | "json" | "text"',
  ],
  ['.then((data) => {', '.then((data: any) => {'],
];

/** The part of the generator that is used here. */
interface Generator {
  generateApi(options: Readonly<Record<string, unknown>>): Promise<{
    readonly files: readonly {
      readonly fileName: string;
      readonly fileExtension: string;
      readonly fileContent: string;
    }[];
  }>;
}

/** `vivace client`. */
export function clientCommand(program: Command): Command {
  return viewOptions(program.command('client'))
    .description('write a typed TypeScript client of the application')
    .argument('[entry]', 'file of the application')
    .option('--out <directory>', 'where it is written; src/client of the project by default')
    .addHelpText(
      'after',
      `\nIt is generated from the OpenAPI document by ${GENERATOR},\nwhich the project has to install.\n\nExample:\n  $ vivace client --out ../web/src/api`,
    )
    .action(async (named: string | undefined, options: ViewOptions & { out?: string }) => {
      const project = projectAt('.');
      const directory =
        options.out === undefined ? join(project.root, 'src/client') : resolve(options.out);
      const generator = await generatorOf(project);
      const app = await loadApplication(project, findEntry(project, named));
      const names = new Map(
        (await app.routes()).map(({ operationId, name }) => [operationId, camelCase(name)]),
      );
      const document = await documentOf(app, options);
      const { files } = await generator.generateApi({
        spec: document,
        output: false,
        silent: true,
        httpClientType: 'fetch',
        moduleNameFirstTag: true,
        hooks: {
          // Operation ids contain path and method. In a client the name of the controller's method
          // is enough.
          onFormatRouteName: ({ operationId }: { operationId: string }) => names.get(operationId),
        },
      });
      const written = files.map(({ fileName, fileExtension, fileContent }) => ({
        file: join(directory, `${fileName === 'Api' ? 'client' : fileName}${fileExtension}`),
        text:
          HEAD +
          FOR_ALL.reduce((text, [before, instead]) => text.replace(before, instead), fileContent),
      }));
      for (const { file } of written) keepWhatIsNotOurs(file);
      const operations = Object.values(document.paths ?? {}).flatMap((path) =>
        Object.keys(path).filter((key) => METHODS.includes(key)),
      );
      for (const { file, text } of written) {
        writeFile(file, text);
        console.log(`${green(shownPath(file))} ${dim(`${operations.length} operations`)}`);
      }
    });
}

/** @throws UserError for a file that was written by hand */
function keepWhatIsNotOurs(file: string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8').startsWith(HEAD)) return;
  throw new UserError(
    `${shownPath(file)} is there already, and was not generated.`,
    'Name another folder: vivace client --out src/api',
  );
}

async function generatorOf({ root }: Project): Promise<Generator> {
  try {
    return (await import(
      pathToFileURL(createRequire(join(root, 'package.json')).resolve(GENERATOR)).href
    )) as Generator;
  } catch {
    throw new UserError(
      `${GENERATOR} is not installed in this project.`,
      `npm install --save-dev ${GENERATOR}`,
    );
  }
}

/** `read_item` and `ReadItem` → `readItem`. */
function camelCase(name: string): string {
  const joined = name.replaceAll(/[_-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}
