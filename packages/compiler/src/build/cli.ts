import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { injectIdentities } from './inject';
import { noteOf } from './plain-packages';
import { checkTypes, writeTypes } from './types-file';

const help = `Usage: vivace-types [directory] [options]

Writes the types of a package to .vivace/types.json, where Vivace reads them in development and tests.

Options:
  --check           only compare: exit with 1 and name the files that were changed since
  --inject <outDir> after tsc: put identities into its JavaScript, and the types beside it
  --exported        with --inject: only of classes that the "exports" of the package.json reach
  --help            show this text`;

/** Runs the command; its result is the exit code. */
export function run(args: readonly string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        check: { type: 'boolean' },
        inject: { type: 'string' },
        exported: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return say(help);
    const root = resolve(positionals[0] ?? '.');
    if (!existsSync(root)) throw new Error(`There is no directory ${root}.`);
    if (values.check) return check(root);
    if (values.inject === undefined) return write(root);
    return inject(resolve(values.inject), root, values.exported);
  } catch (error) {
    console.error(
      `vivace-types: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`,
    );
    return 1;
  }
}

function write(root: string): number {
  const { path, definitions, files, broken, plain } = writeTypes(root);
  warn(broken, root);
  for (const each of plain) console.error(`warning: ${noteOf(each)}`);
  return say(`${shown(path)}: ${definitions} definitions of ${files} files`);
}

function inject(outDir: string, root: string, exported: boolean): number {
  if (!existsSync(outDir))
    throw new Error(
      `There is no directory ${outDir}. Run tsc first, with this directory as "outDir".`,
    );
  const { path, definitions, files, broken, plain } = injectIdentities(outDir, root, { exported });
  warn(broken, root);
  for (const each of plain) console.error(`warning: ${noteOf(each)}`);
  return say(`${shown(path)}: ${definitions} definitions of ${files} files`);
}

function check(root: string): number {
  const { fresh, missing, stale } = checkTypes(root);
  if (fresh) return say('The types are fresh.');
  const reason = missing
    ? 'There are no types yet.'
    : stale.length > 0
      ? 'The types are older than:'
      : 'The types are older than what is installed or built.';
  console.error(
    [reason, ...stale.map((file) => `  ${shown(file)}`), 'Write them with: npx vivace-types'].join(
      '\n',
    ),
  );
  return 1;
}

function warn(broken: readonly string[], root: string): void {
  for (const file of broken)
    console.error(
      `warning: ${relative(root, file)} has a type that cannot be resolved; tsc says which.`,
    );
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}

function say(text: string): number {
  console.log(text);
  return 0;
}
