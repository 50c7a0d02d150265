import { CommanderError } from 'commander';
import { createProgram } from './program';
import { UserError } from './terminal/user-error';
import { error, hint } from './terminal/style';

/** Exit codes, as `vivace --help` documents them. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Runs the command line; a mistake of the user's is told in words, without a trace. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...args]);
  } catch (thrown) {
    process.exitCode = tell(thrown);
  }
}

function tell(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (thrown instanceof UserError) {
    console.error(error(thrown.message));
    if (thrown.advice !== undefined) console.error(hint(thrown.advice));
    return thrown.usage ? EXIT.usage : EXIT.failed;
  }
  // What the program itself threw while it was built says what to write instead; its trace says nothing more.
  if (thrown instanceof Error && thrown.name === 'BootError') {
    console.error(error(thrown.message));
    return EXIT.failed;
  }
  console.error(thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown);
  return EXIT.failed;
}
