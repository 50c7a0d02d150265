import { CommanderError } from 'commander';
import { error, hint } from './style';
import { UserError } from './user-error';

/** Exit codes, as `vivace --help` documents them. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Errors of a program whose message says what to do; a trace of them says nothing more. */
const PLAIN = ['BootError', 'SettingsError'];

/** Says what went wrong, and gives the exit code: a mistake of the user's without a trace. */
export function tell(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (thrown instanceof UserError) {
    console.error(error(thrown.message));
    if (thrown.advice !== undefined) console.error(hint(thrown.advice));
    return thrown.usage ? EXIT.usage : EXIT.failed;
  }
  if (thrown instanceof Error && (PLAIN.includes(thrown.name) || isAddressInUse(thrown))) {
    console.error(error(thrown.message));
    return EXIT.failed;
  }
  console.error(thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown);
  return EXIT.failed;
}

function isAddressInUse({ cause }: Error): boolean {
  return (cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';
}
