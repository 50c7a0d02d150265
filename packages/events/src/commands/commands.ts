import type { Command } from 'commander';
import type { Vivace } from 'vivace';
import { BrokerFailure } from '../broker/broker-failure';
import { deadLetters, replay } from './dead';
import { checkDocuments, writeDocuments } from './documents';
import { forgetGroup, listGroups } from './groups';
import { listTopics } from './topic-list';

/** The project that a command works on. */
export interface Project {
  readonly root: string;
  /** Loads its application. */
  application(): Promise<Vivace>;
}

/** Lines for the terminal; with `failed` the command ends with an error. */
export interface Report {
  readonly lines: readonly string[];
  readonly failed?: boolean;
}

/** Where `schema` writes, and `check` reads. */
const FOLDER = 'events';

/**
 * `vivace events`.
 *
 * @param print where lines go
 */
export function eventsCommand(
  program: Command,
  project: Project,
  print: (line: string) => void = console.log,
): Command {
  const events = program
    .command('events')
    .description('the events: topics, groups, dead letters and documents');
  const run = async (work: (application: Vivace) => Promise<Report>): Promise<void> => {
    const { lines, failed = false } = await work(await project.application()).catch(refused);
    if (failed) program.error(lines.join('\n'));
    for (const line of lines) print(line);
  };
  events
    .command('topics')
    .description('list the topics that the program needs, those of dead letters too')
    .option('--create', 'make those that are missing')
    .action(({ create = false }: { create?: boolean }) => run(() => listTopics(create)));
  events
    .command('groups')
    .description(
      'list what the database keeps for groups, also for those that have left the program',
    )
    .option('--forget <group>', 'forget what it keeps for one that has, dead letters too')
    .action(({ forget }: { forget?: string }) =>
      run((application) =>
        forget === undefined ? listGroups(application) : forgetGroup(application, forget),
      ),
    );
  events
    .command('dead')
    .description('list the dead letters of a group, the oldest first')
    .argument('<group>')
    .option('--replay', 'give them to the group once more')
    .action((group: string, options: { replay?: boolean }) =>
      run((application) =>
        options.replay === true ? replay(application, group) : deadLetters(application, group),
      ),
    );
  events
    .command('schema')
    .description('write a JSON Schema of each event, and an AsyncAPI document of all')
    .option('--out <folder>', 'where to', FOLDER)
    .action(({ out }: { out: string }) =>
      run((application) => writeDocuments(application, project.root, out)),
    );
  events
    .command('check')
    .description('fail where events have changed in a way that others cannot read')
    .option('--out <folder>', 'where `schema` wrote', FOLDER)
    .action(({ out }: { out: string }) => run(() => checkDocuments(project.root, out)));
  return events;
}

/** What a broker says is for the user, and where in its client it was said is not. */
function refused(error: unknown): Report {
  if (error instanceof BrokerFailure) return { lines: [error.message], failed: true };
  throw error;
}

/** What this package adds to the command line: `vivace events`. */
export const commands = { commands: [eventsCommand] };
