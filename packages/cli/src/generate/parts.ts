import { join } from 'node:path';
import { templateFiles } from '../project/template-files';
import type { Names } from './names';
import { isReserved } from './reserved-words';

/** What is written for a name. */
export interface GeneratedPart {
  /** Texts by their paths below the folder of sources. */
  readonly files: ReadonlyMap<string, string>;
  /** A controller that the application has to know. */
  readonly controller?: { readonly name: string; readonly file: string };
}

interface Part {
  /** What the name of its controller ends with, as a class and as a file. */
  readonly controller?: { readonly suffix: string; readonly end: string };
}

const CONTROLLER = { suffix: 'Controller', end: '.controller' };

const PARTS: Readonly<Record<string, Part>> = {
  controller: { controller: CONTROLLER },
  dto: {},
  injectable: {},
  dependency: {},
  resource: { controller: CONTROLLER },
  websocket: { controller: { suffix: 'Socket', end: '.socket' } },
  settings: {},
  middleware: {},
};

/** Each is a folder of `templates/generate`. */
export const PART_NAMES: readonly string[] = Object.keys(PARTS);

/** @param isModule whether the project has ES modules, whose relative imports end with `.js` */
export function generatePart(part: string, names: Names, isModule: boolean): GeneratedPart {
  const { kebab, pascal } = names;
  const files = [...templateFiles(join('generate', part), wordsOf(names))].map(
    ([file, text]): [string, string] => [
      join(kebab, file),
      isModule ? text : text.replaceAll(/(?<= from '\.[^']*)\.js(?=';$)/gm, ''),
    ],
  );
  const { controller } = PARTS[part] ?? {};
  return {
    files: new Map(files),
    ...(controller && {
      controller: { name: pascal + controller.suffix, file: join(kebab, kebab + controller.end) },
    }),
  };
}

/** What the files of a resource import; a class `Post` would hide the decorator. */
const IMPORTED = ['Controller', 'Delete', 'Get', 'Injectable', 'Length', 'Post', 'Put', 'Vivace'];

function wordsOf({ singular, ...names }: Names): Readonly<Record<string, string>> {
  const isTaken = singular === names.pascal || IMPORTED.includes(singular) || isReserved(singular);
  const model = isTaken ? `${singular}Out` : singular;
  return {
    ...names,
    singular,
    model,
    models: [model, `${singular}In`].toSorted().join(', '),
    id: `${singular.charAt(0).toLowerCase()}${singular.slice(1)}Id`,
  };
}
