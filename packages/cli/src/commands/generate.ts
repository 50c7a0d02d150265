import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import type { ListOption } from '../generate/add-to-list';
import { clashOf } from '../generate/clash';
import { generatePart, PART_NAMES, type GeneratedPart } from '../generate/parts';
import { register } from '../generate/registration';
import { projectAt, type Project } from '../project/project';
import { sourceFolder } from '../project/source-files';
import { writeFile } from '../project/write-file';
import { shownPath } from '../terminal/shown-path';
import { dim, green, yellow } from '../terminal/style';
import { UserError } from '../terminal/user-error';

const PART = new Argument('<part>', 'what is written');
// For help and completion. The check below has a better error message than commander's.
PART.argChoices = [...PART_NAMES];

/** `vivace generate`. */
export function generateCommand(program: Command): Command {
  return program
    .command('generate')
    .alias('g')
    .description('write a part of an application, with its test')
    .addArgument(PART)
    .argument(
      '<name>',
      'in any case; a folder is in its path too: orderItems, order-items, admin/users',
    )
    .option('--dry-run', 'only say what would be written')
    .addHelpText(
      'after',
      '\nControllers, entities and jobs are added to their lists where these are plain.\nA resource is a table in a project with @vivace/sql, else it is in memory.\n\nExamples:\n  $ vivace generate resource books\n  $ vivace generate dependency currentUser --dry-run',
    )
    .action((part: string, name: string, { dryRun = false }: { dryRun?: boolean }) => {
      if (!PART_NAMES.includes(part))
        throw new UserError(
          `There is no '${part}' to generate.`,
          `There is ${PART_NAMES.join(', ')}.`,
          { usage: true },
        );
      const project = projectAt('.');
      const generated = generatePart(part, name, project);
      refuseClash(name, generated);
      write(project, sourceFolder(project), generated, dryRun);
      if (dryRun) console.log(dim('Nothing was written.'));
    });
}

function refuseClash(name: string, generated: GeneratedPart): void {
  const clash = clashOf(generated);
  if (clash === undefined) return;
  throw new UserError(
    `'${name}' cannot be the name: there is a ${clash} already.`,
    'Choose one that says more, such as with a word before it',
    { usage: true },
  );
}

function write(
  project: Project,
  folder: string,
  { files, listed, route }: GeneratedPart,
  dryRun: boolean,
): void {
  const made = new Map([...files].map(([path, text]) => [join(folder, path), text]));
  refuseWhatIsThere([...made.keys()]);
  const placed = listed.map((each) => ({ ...each, file: join(folder, each.file) }));
  const { changed, left } = register(project, placed);
  for (const [file, text] of [...made, ...changed]) {
    if (!dryRun) writeFile(file, text);
    console.log(`${labelOf(changed.has(file), dryRun)}  ${shownPath(file)}`);
  }
  for (const { name, option } of left)
    console.log(
      `Add ${name} to ${WHERE[option]}: there is not one plain list of them, or it has another of that name.`,
    );
  if (route !== undefined) console.log(dim(`It answers at ${route}.`));
  if (listed.some(({ option }) => option === 'entities'))
    console.log(dim('Its table: vivace db generate, then vivace db migrate.'));
}

const WHERE: Readonly<Record<ListOption, string>> = {
  controllers: 'the controllers of your application',
  entities: 'the entities of your database',
  jobs: 'the jobs of your queue',
};

function refuseWhatIsThere(files: readonly string[]): void {
  const taken = files.filter((file) => existsSync(file)).map((file) => shownPath(file));
  if (taken.length === 0) return;
  throw new UserError(
    `${taken.join(', ')} ${taken.length > 1 ? 'are' : 'is'} there already.`,
    'Choose another name, or remove what is there',
  );
}

function labelOf(changes: boolean, dryRun: boolean): string {
  if (dryRun) return dim(changes ? 'would change' : 'would make');
  return changes ? yellow('changed') : green('made');
}
