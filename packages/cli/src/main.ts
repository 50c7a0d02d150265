import { createProgram } from './program';
import { tell } from './terminal/tell';

/** Runs the command line; a mistake of the user's is told in words, without a trace. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...args]);
  } catch (thrown) {
    process.exitCode = tell(thrown);
  }
}
