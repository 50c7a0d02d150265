import type { Command } from 'commander';
import { dependency, type Vivace } from 'vivace';
import { Redis } from './client/redis';
import { findingsOf } from './doctor/findings';

/** The project that a command works on. */
interface Project {
  /** Loads its application. */
  application(): Promise<Vivace>;
}

const asked = dependency({ redis: Redis }, ({ redis }) => findingsOf(redis), { name: 'doctor' });

/**
 * `vivace doctor`.
 *
 * @param print where lines go
 */
export function doctorCommand(
  program: Command,
  project: Project,
  print: (line: string) => void = console.log,
): Command {
  return program
    .command('doctor')
    .description('look at how the Redis of the program is set up')
    .action(async () => {
      const server = await (await project.application()).build();
      try {
        const findings = await server.run(asked);
        for (const finding of findings) print(finding);
        if (findings.length === 0) print('Redis: nothing to say.');
      } finally {
        await server.close();
      }
    });
}

/** What this package adds to the command line: `vivace doctor`. */
export const commands = { commands: [doctorCommand] };
