import type { Command } from 'commander';
import { hint } from './style';

/** A wrong usage of a command, or of one below it, ends with where its help is. */
export function pointAtHelp(command: Command): void {
  command.exitOverride().showHelpAfterError(hint(`${wordsOf(command).join(' ')} --help`));
  for (const each of command.commands) pointAtHelp(each);
}

/** `vivace`, `db`, `migrate`. */
function wordsOf(command: Command): readonly string[] {
  return [...(command.parent === null ? [] : wordsOf(command.parent)), command.name()];
}
