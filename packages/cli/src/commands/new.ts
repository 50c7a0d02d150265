import { Option, type Command } from 'commander';
import { checkTarget, createProject, type Unfinished } from '../new/create';
import { currentPackageManager, PACKAGE_MANAGERS } from '../new/package-managers';
import { ask, type Answers } from '../new/questions';
import { TEMPLATES, type Template } from '../new/templates';
import { bold, cyan, dim, green, warning } from '../terminal/style';
import { EXIT } from '../terminal/exit-codes';
import { UserError } from '../terminal/user-error';

interface Options {
  readonly template?: string;
  readonly db: boolean;
  readonly pm?: string;
  readonly git?: boolean;
  readonly install: boolean;
  readonly yes?: boolean;
}

/** `vivace new`. */
export function newCommand(program: Command): Command {
  return program
    .command('new')
    .description('make a project')
    .argument('[directory]', 'where; its last part is the name')
    .addOption(
      new Option('-t, --template <name>', 'what it begins with').choices(
        TEMPLATES.map(({ name }) => name),
      ),
    )
    .option('--no-db', 'with its data in memory, not in PostgreSQL (template api)')
    .addOption(
      new Option('--pm <name>', 'package manager').choices(
        PACKAGE_MANAGERS.map(({ name }) => name),
      ),
    )
    .option('--git', 'with a git repository')
    .option('--no-git', 'without one')
    .option('--no-install', 'do not install the packages')
    .option('-y, --yes', 'ask nothing')
    .addHelpText(
      'after',
      '\nWithout a terminal nothing is asked.\n\nExamples:\n  $ vivace new my-api\n  $ vivace new my-api --template api --yes\n  $ vivace new my-api --template api --no-db\n  $ npm create vivace@latest my-api',
    )
    .action(async (directory: string | undefined, options: Options) => {
      const answers = await answersOf(directory, options);
      if (answers === undefined) return void (process.exitCode = EXIT.failed);
      const begun = performance.now();
      const unfinished = await createProject({ ...answers, install: options.install }, (what) =>
        console.log(dim(`${what} …`)),
      );
      if (unfinished.includes('install')) process.exitCode = EXIT.failed;
      printResult(answers, options.install, unfinished, (performance.now() - begun) / 1000);
    });
}

async function answersOf(
  directory: string | undefined,
  { template, db, pm, git, yes }: Options,
): Promise<Answers | undefined> {
  const chosen = TEMPLATES.find(({ name }) => name === template);
  const packageManager = PACKAGE_MANAGERS.find(({ name }) => name === pm);
  const defaults: Answers = {
    directory: directory ?? 'my-api',
    template: TEMPLATES[0]!,
    packageManager: currentPackageManager(),
    git: true,
  };
  const known = {
    ...(directory !== undefined && { directory }),
    ...(chosen !== undefined && { template: chosen }),
    ...(packageManager !== undefined && { packageManager }),
    ...(git !== undefined && { git }),
  };
  const asks =
    yes !== true && process.stdin.isTTY && process.stdout.isTTY && Object.keys(known).length < 4;
  // Nobody answers questions for what cannot be made.
  if (directory !== undefined) checkTarget(directory, chosen ?? defaults.template);
  if (!asks && directory === undefined)
    throw new UserError('The project has no name.', 'vivace new my-api', { usage: true });
  const offered = TEMPLATES.filter(({ withoutDatabase }) => db || withoutDatabase !== undefined);
  if (chosen !== undefined || !asks) checkDatabase(chosen ?? defaults.template, db, directory);
  const answers = asks ? await ask(known, defaults, offered) : { ...defaults, ...known };
  if (answers === undefined || db) return answers;
  return { ...answers, template: answers.template.withoutDatabase! };
}

function checkDatabase(template: Template, db: boolean, directory = 'my-api'): void {
  if (db || template.withoutDatabase !== undefined) return;
  throw new UserError(
    `The template ${template.name} has no database to leave out.`,
    `vivace new ${directory} --template api --no-db`,
    { usage: true },
  );
}

function printResult(
  { directory, packageManager: { words, install, name } }: Answers,
  installs: boolean,
  unfinished: readonly Unfinished[],
  seconds: number,
): void {
  if (unfinished.includes('git'))
    console.error(warning('git did not make a repository; the rest is there.'));
  if (unfinished.includes('install'))
    console.error(warning(`${name} did not install the packages; why stands above.`));
  const installed = installs && !unfinished.includes('install');
  console.log(
    [
      '',
      `${green('made')} ${bold(directory)} ${dim(`in ${seconds.toFixed(1)} s`)}`,
      '',
      `  ${cyan(`cd ${/[^\w.+,:@/\\-]/.test(directory) ? `'${directory}'` : directory}`)}`,
      ...(installed ? [] : [`  ${cyan(`${name} ${install[0]}`)}`]),
      `  ${cyan(`${words.run} dev`)}`,
    ].join('\n'),
  );
}
