import type { Command } from 'commander';
import type { Db } from 'pg-boss';
import { dependency, type uuid, type Vivace } from 'vivace';
import { DatabaseAccess } from '@vivace/sql';
import { deadJobs, jobCounts } from './reports';
import { cancelJob, poolDb, retryJob } from './rows';

/** The project that a command works on. */
interface Project {
  /** Loads its application. */
  application(): Promise<Vivace>;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `vivace jobs`.
 *
 * @param print where lines go
 */
export function jobsCommand(
  program: Command,
  project: Project,
  print: (line: string) => void = console.log,
): Command {
  const jobs = program.command('jobs').description('the jobs: what waits, and what is dead');
  const run = async (work: (db: Db) => Promise<readonly string[]>): Promise<void> => {
    const server = await (await project.application()).build();
    try {
      const asked = dependency({ database: DatabaseAccess }, ({ database }) =>
        work(poolDb(database.pool)),
      );
      for (const line of await server.run(asked)) print(line);
    } finally {
      await server.close();
    }
  };
  const each = (ids: readonly string[], act: (db: Db, id: uuid) => Promise<string>) => {
    const wrong = ids.find((id) => !UUID.test(id));
    if (wrong !== undefined) program.error(`'${wrong}' is no id of a job.`);
    return run(async (db) => {
      const lines: string[] = [];
      for (const id of ids) lines.push(`${id} ${await act(db, id as uuid)}`);
      return lines;
    });
  };
  jobs
    .command('stats')
    .description('count the jobs of each name')
    .action(() => run(jobCounts));
  jobs
    .command('dead')
    .description('list the jobs that are dead, the last one first')
    .action(() => run(deadJobs));
  jobs
    .command('retry')
    .description('begin dead or cancelled jobs anew')
    .argument('<ids...>')
    .action((ids: string[]) =>
      each(ids, async (db, id) =>
        (await retryJob(db, id))
          ? 'begins anew'
          : 'does not: it is neither dead nor cancelled, or its key is in use',
      ),
    );
  jobs
    .command('cancel')
    .description('cancel jobs that wait or run')
    .argument('<ids...>')
    .action((ids: string[]) =>
      each(ids, async (db, id) =>
        (await cancelJob(db, id)) ? 'is cancelled' : 'is not: it has ended, or is not known',
      ),
    );
  return jobs;
}

/** What this package adds to the command line: `vivace jobs`. */
export const commands = { commands: [jobsCommand] };
