import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { EXIT } from './exit-codes';
import { missingImport } from './missing-import';
import { error, hint } from './style';
import { UserError } from './user-error';

/** Errors of the framework whose message says what to do. Their stack trace adds nothing. */
const PLAIN = ['BootError', 'ListenError', 'SettingsError'];

/**
 * Prints an error, without a stack trace where the user made a mistake, and returns the exit code.
 */
export function printError(thrown: unknown): number {
  if (thrown instanceof CommanderError) return codeOf(thrown);
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

/** All but `command.error(…)` of a package's command is wrong usage. */
function codeOf({ code, exitCode }: CommanderError): number {
  if (code === 'commander.error') return exitCode;
  return exitCode === 0 ? EXIT.done : EXIT.usage;
}

/** The stack trace: of the frames only those of the program, where it has any. */
function traceOf(thrown: Error): string {
  const { stack, ...more } = { stack: thrown.stack ?? thrown.message, ...thrown };
  const lines = stack.split('\n');
  const hasOwn = lines.some((line) => isFrame(line) && !isForeign(line));
  const kept = lines.filter((line) => !isFrame(line) || !(hasOwn ? isForeign : isLoading)(line));
  return [...kept, ...(Object.keys(more).length > 0 ? [inspect(more)] : [])].join('\n');
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}

/** A frame of Node or of this command line, which only loaded the program. */
function isLoading(frame: string): boolean {
  return /node:internal\/|@vivace[\\/]cli[\\/]/.test(frame);
}

function isForeign(frame: string): boolean {
  return isLoading(frame) || /\bnode:|[\\/]node_modules[\\/]|<anonymous>\)?$/.test(frame);
}
