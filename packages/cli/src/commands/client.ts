import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { findEntry, shown } from '../project/entry';
import { loadApplication } from '../project/load';
import { projectAt, type Project } from '../project/project';
import { dim, green } from '../terminal/style';
import { UserError } from '../terminal/user-error';

const GENERATOR = 'swagger-typescript-api';

/** What the generator writes for browsers only, and what it comes to there: a project for Node has to compile, too. */
const FOR_ALL: readonly (readonly [written: string, instead: string])[] = [
  ['keyof Omit<Body, "body" | "bodyUsed">', '"arrayBuffer" | "blob" | "formData" | "json" | "text"'],
  ['.then((data) => {', '.then((data: any) => {'],
];

/** The part of the generator that is used here. */
interface Generator {
  generateApi(
    options: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly files: readonly { readonly fileName: string; readonly fileExtension: string; readonly fileContent: string }[] }>;
}

/** `vivace client`. */
export function clientCommand(program: Command): Command {
  return program
    .command('client')
    .description('write a typed TypeScript client of the application')
    .argument('[entry]', 'file of the application')
    .option('--out <directory>', 'where it is written', 'src/client')
    .addHelpText(
      'after',
      `\nIt is generated from the OpenAPI document by ${GENERATOR},\nwhich the project has to install.\n\nExample:\n  $ vivace client --out ../web/src/api`,
    )
    .action(async (named: string | undefined, options: { out: string }) => {
      const project = projectAt('.');
      const generator = await generatorOf(project);
      const app = await loadApplication(project, findEntry(project, named));
      const names = new Map((await app.routes()).map(({ operationId, name }) => [operationId, camelCase(name)]));
      const { files } = await generator.generateApi({
        spec: await app.openapi(),
        output: false,
        silent: true,
        httpClientType: 'fetch',
        moduleNameFirstTag: true,
        hooks: {
          // Operation ids carry path and method, so that they differ; in a client the name of the method is enough.
          onFormatRouteName: ({ operationId }: { operationId: string }) => names.get(operationId),
        },
      });
      const directory = resolve(options.out);
      mkdirSync(directory, { recursive: true });
      for (const { fileName, fileExtension, fileContent } of files) {
        const file = join(directory, `${fileName === 'Api' ? 'client' : fileName}${fileExtension}`);
        writeFileSync(
          file,
          FOR_ALL.reduce((text, [written, instead]) => text.replace(written, instead), fileContent),
        );
        console.log(`${green(shown(file))} ${dim(`${names.size} operations`)}`);
      }
    });
}

async function generatorOf({ root }: Project): Promise<Generator> {
  try {
    return (await import(pathToFileURL(createRequire(join(root, 'package.json')).resolve(GENERATOR)).href)) as Generator;
  } catch {
    throw new UserError(`${GENERATOR} is not installed in this project.`, `npm install --save-dev ${GENERATOR}`);
  }
}

/** `read_item` and `ReadItem` → `readItem`. */
function camelCase(name: string): string {
  const joined = name.replaceAll(/[_-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}
