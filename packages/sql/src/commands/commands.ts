import { spawnSync } from 'node:child_process';
import type { Command } from 'commander';
import { openEmbedded } from '../embedded/embedded';
import { CommandError } from './command-error';
import {
  check,
  generate,
  migrate,
  pull,
  reset,
  rollback,
  seedFile,
  status,
  type Context,
} from './actions';
import { commandPlace, settingsOfProgram } from './place';

/** The project that a command works on. */
interface Project {
  readonly root: string;
  readonly production: boolean;
  /** Loads its application. */
  application(): Promise<unknown>;
}

/** `vivace db`. */
export function dbCommand(program: Command, project: Project): Command {
  const db = program.command('db').description('the database: migrations, and what is in it');
  const loaded = async (): Promise<Context> => {
    await project.application();
    return { ...project, settings: settingsOfProgram(), print: console.log };
  };
  /** Errors of a command are sentences, not traces. */
  const run = async (work: (context: Context) => Promise<void>): Promise<void> => {
    try {
      await work(await loaded());
    } catch (error) {
      if (error instanceof CommandError) program.error(error.message);
      throw error;
    }
  };
  db.command('generate')
    .description('write a migration of what differs between the classes and the migrations')
    .argument('[name]', 'what it is for: add_ranks')
    .option('--drop [columns...]', 'lose what is gone from the classes')
    .option('--rename <columns...>', 'author.motto:slogan keeps the values of a column')
    .action((name: string | undefined, options: { drop?: boolean | string[]; rename?: string[] }) =>
      run((context) => generate(context, { ...(name !== undefined && { name }), ...options })),
    );
  db.command('migrate')
    .description('run the migrations that have not run')
    .action(() => run(migrate));
  db.command('rollback')
    .description('take back the migration that ran last')
    .option('--database <name>', 'the name of a database that is not the embedded one')
    .action(({ database }: { database?: string }) => run((context) => rollback(context, database)));
  db.command('status')
    .description('list the migrations')
    .action(() => run(status));
  db.command('check')
    .description('fail where the classes and the migrations differ')
    .option('--database', 'also where the tables are not what the migrations say')
    .action(({ database = false }: { database?: boolean }) =>
      run((context) => check(context, database)),
    );
  db.command('seed')
    .description('run a script that fills the database, as vivace exec does')
    .argument('[file]', 'the script', 'seed.ts')
    .option('--database <name>', 'the name of a database that is not the embedded one')
    .action((file: string, { database }: { database?: string }) =>
      run(async (context) => exec(await seedFile(context, file, database))),
    );
  db.command('reset')
    .description('empty the embedded database, and run its migrations')
    .action(() => run(reset));
  db.command('pull')
    .description('write classes for the tables that are there, to start from')
    .argument('[file]', 'the file, which is not there yet', 'src/entities.ts')
    .action((file: string) => run((context) => pull(context, file)));
  db.command('shell')
    .description('psql at the database')
    .action(() => run(async ({ settings }) => psql((await commandPlace(settings)).url)));
  return db;
}

/** What programs need in development: the embedded PostgreSQL, unless there is an address. */
export async function services({ root }: Pick<Project, 'root'>) {
  const { DATABASE_URL: url, NODE_ENV: mode } = process.env;
  const nothing = { env: {}, stop: async () => undefined };
  if (url !== undefined && url !== '' && mode !== 'test') return nothing;
  if (mode === 'test' && process.env['TEST_DATABASE_URL']) return nothing;
  const server = await openEmbedded(root, mode === 'test' ? 'test' : 'development');
  // Tests have databases of their own on it, and no address.
  const env: Record<string, string> = mode === 'test' ? {} : { DATABASE_URL: server.url };
  return { env, stop: () => server.release() };
}

function exec(file: string): void {
  const [, vivace = ''] = process.argv;
  const { status } = spawnSync(process.execPath, [vivace, 'exec', file], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

/** The password is told by the environment: arguments are seen by every user of the machine. */
function psql(url: string): void {
  const { username, password, host, pathname, search } = new URL(url);
  const address = `postgres://${username}@${host}${pathname}${search}`;
  const { error, status } = spawnSync('psql', [address], {
    stdio: 'inherit',
    env: { ...process.env, PGPASSWORD: decodeURIComponent(password) },
  });
  if (error !== undefined)
    throw new CommandError(
      `psql does not start: ${error.message}`,
      'the PostgreSQL client of your system, such as postgresql-client of Debian',
    );
  process.exitCode = status ?? 1;
}
