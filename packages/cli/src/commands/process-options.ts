import type { Command } from 'commander';
import { secondsOf, wholeSecondsOf, workersOf } from '../run/arguments';

/** Adds what is said of the processes of `vivace run` and `vivace work`. */
export function withProcessOptions(command: Command): Command {
  return command
    .option('--workers <number>', 'processes, or auto: one for each core', workersOf, 1)
    .option(
      '--grace <seconds>',
      'time to stop in, in place of timeouts.shutdown of the application',
      secondsOf,
    )
    .option(
      '--blocked <seconds>',
      'time that a worker may hold up its event loop; 0: any',
      wholeSecondsOf,
      10,
    );
}
