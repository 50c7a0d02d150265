import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { EXIT } from './exit-codes';
import { missingImport } from './missing-import';
import { error, hint } from './style';
import { UserError } from './user-error';

/** Errors of a program whose message says what to do; a trace of them says nothing more. */
const PLAIN = ['BootError', 'ListenError', 'SettingsError'];

/** Prints what went wrong, and gives the exit code. A mistake of the user has no trace. */
export function printError(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (thrown instanceof UserError) {
    console.error(error(thrown.message));
    if (thrown.advice !== undefined) console.error(hint(thrown.advice));
    return thrown.usage ? EXIT.usage : EXIT.failed;
  }
  if (thrown instanceof Error && PLAIN.includes(thrown.name)) {
    console.error(error(thrown.message));
    return EXIT.failed;
  }
  const missing = missingImport(thrown);
  if (missing !== undefined) return printError(missing);
  console.error(
    thrown instanceof Error
      ? traceOf(thrown)
      : error(`${inspect(thrown)} was thrown, which is no Error.`),
  );
  return EXIT.failed;
}

/** How the program was loaded says nothing of what is wrong in it. */
function traceOf(thrown: Error): string {
  const { stack, ...more } = { stack: thrown.stack ?? thrown.message, ...thrown };
  const lines = stack
    .split('\n')
    .filter((line) => !/^\s+at .*(?:\(|\s)(?:node:internal\/|.*@vivace[\\/]cli[\\/])/.test(line));
  return [...lines, ...(Object.keys(more).length > 0 ? [inspect(more)] : [])].join('\n');
}
