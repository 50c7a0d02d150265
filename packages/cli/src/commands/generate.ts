import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Argument, type Command } from 'commander';
import { clashOf } from '../generate/clash';
import { namesOf } from '../generate/names';
import type { Piece } from '../generate/piece';
import { PIECES } from '../generate/pieces';
import { register } from '../generate/register';
import { findEntry } from '../project/entry';
import { shownPath } from '../terminal/shown-path';
import { projectAt, type Project } from '../project/project';
import { writeFile } from '../project/write-file';
import { dim, green, yellow } from '../terminal/style';
import { UserError } from '../terminal/user-error';

const PART = new Argument('<part>', 'what is written');
// For help and completion; what is wrong is told below, as everywhere.
PART.argChoices = Object.keys(PIECES);

/** `vivace generate`. */
export function generateCommand(program: Command): Command {
  return program
    .command('generate')
    .alias('g')
    .description('write a part of an application, with its test')
    .addArgument(PART)
    .argument('<name>', 'in any case, and in a folder: orderItems, order-items, admin/users')
    .option('--dry-run', 'only say what would be written')
    .addHelpText(
      'after',
      '\nA controller is added to the application where its list of controllers is plain.\n\nExamples:\n  $ vivace generate resource books\n  $ vivace generate dependency currentUser --dry-run',
    )
    .action((part: string, name: string, options: { dryRun?: boolean }) => {
      const make = Object.hasOwn(PIECES, part) ? PIECES[part] : undefined;
      if (make === undefined)
        throw new UserError(
          `There is no '${part}' to generate.`,
          `There is ${Object.keys(PIECES).join(', ')}.`,
          { usage: true },
        );
      const project = projectAt('.');
      const end = project.type === 'module' ? '.js' : '';
      const [last = '', ...above] = name.split(/[\\/]/).toReversed();
      const piece = make(namesOf(last, part), end);
      const clash = clashOf(piece);
      if (clash !== undefined)
        throw new UserError(
          `'${name}' cannot be the name: there is a ${clash} already.`,
          'Choose one that says more, such as with a word before it',
          { usage: true },
        );
      const sources = join(project.root, existsSync(join(project.root, 'src')) ? 'src' : '.');
      const folder = join(
        sources,
        ...above.toReversed().map((folderName) => namesOf(folderName).kebab),
      );
      const files = Object.entries(piece.files).map(([path, text]) => ({
        file: join(folder, path),
        text,
      }));
      const taken = files.filter(({ file }) => existsSync(file)).map(({ file }) => shownPath(file));
      if (taken.length > 0) {
        throw new UserError(
          `${taken.join(', ')} ${taken.length > 1 ? 'are' : 'is'} there already.`,
          'Choose another name, or remove what is there',
        );
      }
      const changes =
        piece.controller === undefined
          ? undefined
          : registration(project, sources, folder, piece.controller, end);
      for (const { file, text } of [...files, ...(changes === undefined ? [] : [changes])]) {
        if (options.dryRun !== true) writeFile(file, text);
        console.log(
          `${labelOf(file === changes?.file, options.dryRun === true)}  ${shownPath(file)}`,
        );
      }
      if (piece.controller !== undefined && changes === undefined) {
        console.log(
          `Add ${piece.controller.name} to the controllers of your application: there is not one plain list of them.`,
        );
      }
      if (options.dryRun) console.log(dim('Nothing was written.'));
    });
}

function labelOf(changes: boolean, dryRun: boolean): string {
  if (dryRun) return dim(changes ? 'would change' : 'would make');
  return changes ? yellow('changed') : green('made');
}

/** The one file among those where an application usually stands that lists controllers plainly, with one more of them. */
function registration(
  project: Project,
  sources: string,
  folder: string,
  { name, file }: NonNullable<Piece['controller']>,
  end: string,
): { readonly file: string; readonly text: string } | undefined {
  const candidates = new Set([entryOf(project), join(sources, 'app.ts'), join(sources, 'main.ts')]);
  const changes = [...candidates]
    .filter((candidate) => candidate !== undefined && existsSync(candidate))
    .flatMap((candidate) => {
      const path = relative(dirname(candidate!), join(folder, file)).replaceAll('\\', '/');
      const text = register(
        readFileSync(candidate!, 'utf8'),
        name,
        `${path.startsWith('.') ? '' : './'}${path}${end}`,
      );
      return text === undefined ? [] : [{ file: candidate!, text }];
    });
  return changes.length === 1 ? changes[0] : undefined;
}

function entryOf(project: Project): string | undefined {
  try {
    return findEntry(project).file;
  } catch {
    return undefined;
  }
}
