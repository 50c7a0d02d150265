import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Client } from 'pg';
import { followClasses } from '../opening/follow';
import type { DatabaseSettings } from '../opening/options';
import { databaseName, placeOf, withDatabase } from '../opening/target';
import { statementsOf } from '../opening/statements';
import { differs, generateMigration, type GenerateOptions } from '../migrations/generate';
import { packageTables } from '../migrations/package-tables';
import { pendingMigrations } from '../migrations/readiness';
import { markMigrated, rollbackMigration, runMigrations } from '../migrations/run';
import { writtenMigrations } from '../migrations/written';
import { pullEntities } from '../pull/pull';
import { CommandError } from './command-error';
import { alone, checkNamed, commandPlace, openForCommand } from './place';

/** What a command works with, and where it says what it does. */
export interface Context {
  readonly root: string;
  readonly production: boolean;
  readonly settings: DatabaseSettings;
  readonly print: (line: string) => void;
}

const written = ({ root, settings, production }: Context) =>
  writtenMigrations(root, settings.migrations, production);

/** `vivace db generate`. */
export async function generate(context: Context, options: GenerateOptions): Promise<void> {
  const { root, settings, print } = context;
  const folder = resolve(root, settings.migrations);
  const isFirst = written(context).names.length === 0;
  const { url, isEmbedded } = await commandPlace(settings);
  await using database = await openForCommand(url, settings);
  const name = await generateMigration(database, folder, options);
  if (name === undefined) return print('The classes and the migrations say the same.');
  print(`${settings.migrations}/${name}.ts`);
  if (!isFirst || !isEmbedded) return;
  // The tables of development have followed the classes up to here.
  await followClasses(database.orm);
  await markMigrated(database.orm, written(context), name);
}

/** `vivace db migrate`. */
export async function migrate(context: Context): Promise<void> {
  const { url } = await commandPlace(context.settings);
  await using database = await openForCommand(url, context.settings);
  let ran = 0;
  await alone(url, async () => {
    await runMigrations(database.orm, written(context), (name) => {
      ran += 1;
      context.print(`migrated ${name}`);
    });
    for (const { make } of packageTables()) await make(url);
  });
  if (ran === 0) context.print('Nothing is pending.');
}

/** `vivace db rollback`. */
export async function rollback(context: Context, named: string | undefined): Promise<void> {
  const place = await commandPlace(context.settings);
  checkNamed(place, named);
  await using database = await openForCommand(place.url, context.settings);
  let taken = 0;
  await alone(place.url, () =>
    rollbackMigration(database.orm, written(context), (name) => {
      taken += 1;
      context.print(`took back ${name}`);
    }),
  );
  if (taken === 0) context.print('No migration has run.');
}

/** `vivace db status`. */
export async function status(context: Context): Promise<void> {
  const { url } = await commandPlace(context.settings);
  await using database = await openForCommand(url, context.settings);
  const all = written(context);
  const pending = new Set(await pendingMigrations(database.pool, all));
  context.print(placeOf(url));
  for (const name of all.names)
    context.print(`${pending.has(name) ? 'pending' : 'done   '} ${name}`);
  if (all.names.length === 0) context.print('There are no migrations.');
}

/**
 * `vivace db check`.
 *
 * @param tables whether the tables themselves are looked at, which somebody may have altered
 * @throws CommandError where they differ
 */
export async function check(context: Context, tables: boolean): Promise<void> {
  const { root, settings, print } = context;
  const { url } = await commandPlace(settings);
  await using database = await openForCommand(url, settings);
  if (await differs(database, resolve(root, settings.migrations)))
    throw new CommandError('The classes and the migrations differ.', 'vivace db generate');
  if (tables) {
    const missing = await database.orm.schema.getUpdateSchemaSQL({ wrap: false });
    const statements = statementsOf(missing);
    if (statements.length > 0)
      throw new CommandError(
        `The tables of ${placeOf(url)} are not those of the migrations; they lack: ${statements.join('; ')}`,
        'vivace db migrate, or take back what was altered',
      );
  }
  print('The classes and the migrations say the same.');
}

/** `vivace db reset`. */
export async function reset(context: Context): Promise<void> {
  const { url, isEmbedded } = await commandPlace(context.settings);
  if (!isEmbedded)
    throw new CommandError(
      `${placeOf(url)} is not the embedded database, and is not dropped.`,
      'what your server has for it: dropdb, createdb',
    );
  const name = databaseName(url);
  const client = new Client({ connectionString: withDatabase(url, 'postgres') });
  await client.connect();
  try {
    const quoted = client.escapeIdentifier(name);
    await client.query(`drop database if exists ${quoted} with (force)`);
    await client.query(`create database ${quoted}`);
  } finally {
    await client.end();
  }
  context.print(`${placeOf(url)} is empty.`);
  if (written(context).names.length > 0) await migrate(context);
}

/** `vivace db pull`. */
export async function pull({ root, settings, print }: Context, file: string): Promise<void> {
  const path = resolve(root, file);
  if (existsSync(path))
    throw new CommandError(
      `${file} is there already.`,
      'another file: vivace db pull src/pulled.ts',
    );
  const { url } = await commandPlace(settings);
  const text = await pullEntities(url);
  if (text === '') return print(`${placeOf(url)} has no tables.`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  print(file);
}

/** The file of `vivace db seed`, once it may run. */
export async function seedFile(
  context: Context,
  file: string,
  named: string | undefined,
): Promise<string> {
  checkNamed(await commandPlace(context.settings), named);
  const path = resolve(context.root, file);
  if (existsSync(path)) return path;
  throw new CommandError(`There is no ${file}.`, 'a script as for vivace exec, in that file');
}
