import { join } from 'node:path';
import { templateFiles } from '../project/template-files';
import { capital, namesOf, type Names } from './names';
import { isReserved } from './reserved-words';

/** What is written for a name. */
export interface GeneratedPart {
  /** Texts by their paths below the folder of sources. */
  readonly files: ReadonlyMap<string, string>;
  /** The controller to add to the application. */
  readonly controller?: { readonly name: string; readonly file: string };
}

interface Part {
  /** The word at the end of its class and file names. */
  readonly suffix?: string;
  /** Whether its class must be added to the controllers of the application. */
  readonly isController?: boolean;
}

const PARTS: Readonly<Record<string, Part>> = {
  controller: { suffix: 'controller', isController: true },
  dto: {},
  injectable: { suffix: 'service' },
  dependency: {},
  resource: { suffix: 'controller', isController: true },
  websocket: { suffix: 'socket', isController: true },
  settings: { suffix: 'settings' },
  middleware: {},
};

/** The parts. Each has a folder in `templates/generate`. */
export const PART_NAMES: readonly string[] = Object.keys(PARTS);

/**
 * Makes the files of a part.
 *
 * @param name in any case, also with what the part is at its end: `orderItems`,
 *   `OrderItemsController`
 * @param isModule whether the project has ES modules, whose relative imports end with `.js`
 */
export function generatePart(part: string, name: string, isModule: boolean): GeneratedPart {
  const { suffix = part, isController = false } = PARTS[part] ?? {};
  const names = namesOf(name, part, suffix);
  const { kebab, pascal } = names;
  const files = [...templateFiles(join('generate', part), wordsOf(names))].map(
    ([file, text]): [string, string] => [
      join(kebab, file),
      isModule ? text : text.replaceAll(/(?<= from '\.[^']*)\.js(?=';$)/gm, ''),
    ],
  );
  return {
    files: new Map(files),
    ...(isController && {
      controller: { name: pascal + capital(suffix), file: join(kebab, `${kebab}.${suffix}`) },
    }),
  };
}

/** The imports of a resource. A class named `Post` would hide the decorator. */
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
