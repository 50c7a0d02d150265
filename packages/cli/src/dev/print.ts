import type { Problem } from '@vivace/compiler';
import { printError } from '../terminal/print-error';
import { shownPath } from '../terminal/shown-path';
import { bold, dim, green, warning } from '../terminal/style';
import { UserError } from '../terminal/user-error';

const MOST_PROBLEMS = 5;
const MOST_FILES = 3;

/** The first version of a program serves. */
export function printReady(name: string, milliseconds: number, addresses: readonly string[]): void {
  console.log([ready(milliseconds) + bold(name), ...addresses].join('\n'));
}

/** A later version serves, with the files that changed. */
export function printChange(files: readonly string[], milliseconds: number): void {
  const more = files.length > MOST_FILES ? ` and ${files.length - MOST_FILES} more` : '';
  const names = files.slice(0, MOST_FILES).map((file) => shownPath(file));
  console.log(ready(milliseconds) + names.join(', ') + more);
}

function ready(milliseconds: number): string {
  return `${green('ready')} ${dim(`in ${milliseconds} ms`)}  `;
}

/** Prints what was not printed before; gives what is known now. */
export function printNew(notes: readonly string[], known: readonly string[]): readonly string[] {
  for (const note of notes) if (!known.includes(note)) console.error(warning(note));
  return notes;
}

/** Type errors in the format of `tsc`. */
export function printProblems(problems: readonly Problem[]): void {
  for (const { file, line, column, code, message } of problems.slice(0, MOST_PROBLEMS))
    console.error(warning(`${shownPath(file)}:${line}:${column} ${dim(`TS${code}`)} ${message}`));
  if (problems.length > MOST_PROBLEMS)
    console.error(dim(`… and ${problems.length - MOST_PROBLEMS} more: vivace build --check`));
}

/** After a version that does not start. */
export function printWhatServes(anyVersion: boolean): void {
  console.error(
    dim(anyVersion ? 'The last version that started goes on.' : 'Waiting for a change.'),
  );
}

export function printSilence(file: string): void {
  printError(
    new UserError(
      `${shownPath(file)} exports no application, and listens nowhere.`,
      'Export it: export const app = new Vivace({ … })',
    ),
  );
}
