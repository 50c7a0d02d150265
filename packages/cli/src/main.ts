import { createProgram } from './program';
import { tell } from './terminal/tell';

/** Runs the command line; a mistake of the user's is told in words, without a trace. */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(); // `vivace routes | head` has read enough
  });
  try {
    await createProgram().parseAsync([...args]);
  } catch (thrown) {
    process.exitCode = tell(thrown);
  }
}
