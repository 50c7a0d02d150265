import { join } from 'node:path';
import { templateFiles } from '../project/template-files';
import type { Project } from '../project/project';
import { UserError } from '../terminal/user-error';
import type { ListOption } from './add-to-list';
import { capital, namesOf, type Names } from './names';
import type { Listed } from './registration';
import { isReserved } from './reserved-words';

/** What is written for a name. */
export interface GeneratedPart {
  /** Texts by their paths below the folder of sources. */
  readonly files: ReadonlyMap<string, string>;
  /** What the application has to list; their files by the same paths. */
  readonly listed: readonly Listed[];
  /** Where it answers, of what does. */
  readonly route?: string;
}

interface Part {
  /** The word at the end of its class and file names. */
  readonly suffix?: string;
  /** Its folder in `templates/generate`. */
  readonly folder?: string;
  /** Options that list a class of it. */
  readonly lists?: readonly ListOption[];
  /** What takes its place in a project with a database. */
  readonly onDatabase?: Part;
  /** The package that it is for. */
  readonly needs?: string;
}

const PARTS: Readonly<Record<string, Part>> = {
  controller: { suffix: 'controller', lists: ['controllers'] },
  dto: {},
  entity: { lists: ['entities'], needs: '@vivace/sql' },
  injectable: { suffix: 'service' },
  job: { lists: ['jobs'], needs: '@vivace/queue' },
  dependency: {},
  resource: {
    suffix: 'controller',
    lists: ['controllers'],
    onDatabase: {
      suffix: 'controller',
      folder: 'database-resource',
      lists: ['controllers', 'entities'],
    },
  },
  websocket: { suffix: 'socket', lists: ['controllers'] },
  settings: { suffix: 'settings' },
  middleware: {},
};

/** The parts. Each has a folder in `templates/generate`. */
export const PART_NAMES: readonly string[] = Object.keys(PARTS);

/**
 * Makes the files of a part.
 *
 * @param name in any case, also with what the part is at its end, and in folders, which its route
 *   has too: `orderItems`, `OrderItemsController`, `admin/orderItems`
 * @param project whose relative imports end with `.js` where it has ES modules
 * @throws UserError where the project has not the package that the part is for
 */
export function generatePart(
  part: string,
  name: string,
  { type, dependencies }: Pick<Project, 'type' | 'dependencies'>,
): GeneratedPart {
  const known = PARTS[part] ?? {};
  const { needs, onDatabase } = known;
  if (needs !== undefined && !(needs in dependencies))
    throw new UserError(`generate ${part} needs ${needs}.`, `npm install ${needs}`);
  const chosen = ('@vivace/sql' in dependencies ? onDatabase : undefined) ?? known;
  const { suffix = part, folder = part, lists = [] } = chosen;
  const [last = '', ...above] = name.split(/[\\/]/).toReversed();
  const names = namesOf(last, part, suffix);
  const folders = above.toReversed().map((each) => namesOf(each).kebab);
  const path = [...folders, names.kebab].join('/');
  const words: Readonly<Record<string, string>> = { ...wordsOf(names, part), path };
  const files = [...templateFiles(join('generate', folder), words)].map(
    ([file, text]): [string, string] => [
      join(path, file),
      type === 'module' ? text : text.replaceAll(/(?<= from '\.[^']*)\.js(?=';$)/gm, ''),
    ],
  );
  const classes: Readonly<Record<ListOption, Omit<Listed, 'option'>>> = {
    controllers: { name: names.pascal + capital(suffix), file: suffix },
    entities: { name: words['model']!, file: 'entity' },
    jobs: { name: names.pascal, file: 'job' },
  };
  return {
    files: new Map(files),
    listed: lists.map((option) => {
      const { name: listed, file } = classes[option];
      return { option, name: listed, file: join(path, `${names.kebab}.${file}`) };
    }),
    ...(lists.includes('controllers') && { route: `/${path}` }),
  };
}

/** The imports of a resource. A class named `Post` would hide the decorator. */
const IMPORTED = [
  'Controller',
  'Delete',
  'Entity',
  'Get',
  'Id',
  'Injectable',
  'Length',
  'Page',
  'PageQuery',
  'Patch',
  'Post',
  'Put',
  'Query',
  'Session',
  'Vivace',
];

/** What the file of an entity imports, which stands alone. */
const IMPORTED_BY_ENTITY = ['Entity', 'Id', 'Length'];

function wordsOf({ singular, ...names }: Names, part: string): Readonly<Record<string, string>> {
  const imported = part === 'entity' ? IMPORTED_BY_ENTITY : IMPORTED;
  const isOfAll = part !== 'entity' && singular === names.pascal;
  const isTaken = isOfAll || imported.includes(singular) || isReserved(singular);
  const model = isTaken ? `${singular}Out` : singular;
  return {
    ...names,
    snake: names.constant.toLowerCase(),
    singular,
    model,
    models: [model, `${singular}In`].toSorted().join(', '),
    id: `${singular.charAt(0).toLowerCase()}${singular.slice(1)}Id`,
  };
}
