import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { createProgram } from '../src/program';
import { eventsCommand } from '../../events/src/commands/commands';
import { jobsCommand } from '../../queue/src/commands';
import { doctorCommand } from '../../redis/src/commands';
import { dbCommand } from '../../sql/src/commands/commands';

const ROOT = join(__dirname, '../../..');
const TEMPLATES = ['api-database', 'api-memory', 'minimal'].map(
  (name) => `packages/cli/templates/${name}`,
);
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
  ...['bench', 'tutorial'].map((name) => `apps/${name}/README.md`),
  ...TEMPLATES.map((template) => `${template}/README.md`),
];
/** Scripts of the repository and of the projects that are made. */
const SCRIPTS = new Set(['.', ...TEMPLATES].flatMap(scriptsOf));
const COMMANDS = new Map(createProgram().commands.map(withOptions));
/** What the packages on a database add. */
const ADDED = new Map(packageCommands().map(withOptions));

describe('the commands on the pages', () => {
  it.each(PAGES.map((page) => [page, codeOf(page)] as const))('of %s exist', (page, code) => {
    const template = TEMPLATES.find((folder) => page.startsWith(folder));
    const scripts = template === undefined ? SCRIPTS : new Set(scriptsOf(template));
    const called = code.flatMap((text) => [
      ...text.matchAll(/(?:npm run|\{\{run\}\})(?: --silent)? ([\w:-]+)|npm (start|test)\b/g),
    ]);
    const unknown = called.map(([, run, own]) => run ?? own!).filter((name) => !scripts.has(name));
    expect([...unknown, ...code.flatMap(unknownCommands)]).toEqual([]);
  });

  it('are all of those of the command line, each with options that it has', () => {
    const rows = readFileSync(join(ROOT, 'docs/guide/cli.md'), 'utf8').split('\n');
    const shown = rows.flatMap((row) => {
      const [, name] = /^\| `vivace (\w+)/.exec(row) ?? [];
      return name === undefined ? [] : [[name, row.match(/--[a-z][\w-]*/g) ?? []] as const];
    });
    const own = shown.map(([name]) => name).filter((name) => !ADDED.has(name));
    expect(own.toSorted()).toEqual([...COMMANDS.keys()].toSorted());
    for (const [name, options] of shown)
      expect(COMMANDS.get(name) ?? ADDED.get(name)).toEqual(expect.arrayContaining(options));
  });
});

function packageCommands(): readonly Command[] {
  const program = new Command();
  const application = () => Promise.reject(new Error('No command is run.'));
  const project = { root: ROOT, production: false, application };
  dbCommand(program, project);
  jobsCommand(program, project);
  doctorCommand(program, project);
  eventsCommand(program, project);
  return program.commands;
}

/** A command with the options of it and its parts. */
function withOptions(command: Command): readonly [string, readonly string[]] {
  const options = [command, ...command.commands].flatMap((one) => one.options);
  return [command.name(), ['--help', ...options.flatMap(({ long }) => long ?? [])]];
}

/** Calls of `vivace` whose command or option it does not have. */
function unknownCommands(code: string): string[] {
  const calls = code
    .split(/&&|\|\||;|#/)
    .map((call) => /^\s*(?:npx )?(?:vivace|@vivace\/cli) ([a-z]+)(.*)$/.exec(call))
    .filter((call) => call !== null);
  return calls
    .filter(([, name, rest]) => {
      const options = COMMANDS.get(name!) ?? ADDED.get(name!);
      const given = rest!.match(/--[a-z][\w-]*/g) ?? [];
      return options === undefined || !given.every((option) => options.includes(option));
    })
    .map(([call]) => call);
}

/** The spans of code of a page, and the lines of its shell blocks. */
function codeOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, code]) =>
    code!.split('\n'),
  );
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '');
  return [...blocks, ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)];
}

function scriptsOf(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return Object.keys(scripts);
}
