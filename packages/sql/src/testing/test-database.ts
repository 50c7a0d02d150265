import { dependency, type Override } from 'vivace';
import { override } from 'vivace/testing';
import type { Database } from '../database';
import { internals } from '../internals';
import { patientSettingsOf } from '../opening/options';
import { openServerDatabase, type ServerDatabase } from '../opening/server-database';
import { OpenSession } from '../session/open-session';
import type { Session } from '../session/session';
import { openCopy } from './copies';
import { TestFile } from './test-file';

/** What Jest puts into the file of a test. */
declare const afterEach: (run: () => unknown) => void;
declare const afterAll: (run: () => unknown) => void;

/** The database of a file of tests. */
export interface TestDatabase {
  /** All of the test is one transaction that is rolled back; sessions of the application are savepoints in it. */
  rollback(): Override;
  /**
   * A database of its own, for tests that need several connections, jobs or events. Where the
   * program does not say how long it waits for a connection or a lock, that is half a minute.
   */
  fresh(): Promise<{ readonly override: Override; readonly url: string } & AsyncDisposable>;
  /** Works in the transaction of the test, and keeps it there: arranges rows. */
  run<T>(work: (db: Session) => Promise<T>): Promise<T>;
  /** The statements since the last call, in transactions of `rollback()`. */
  statements(): readonly string[];
}

/**
 * The database of a file of tests: a copy of a template that has the tables of the program. It is on
 * the embedded PostgreSQL, or on `TEST_DATABASE_URL`.
 *
 * @example
 * const db = testDatabase(heroDatabase);
 * test('…', async () => {
 *   await using client = await testClient(app, { overrides: [db.rollback()] });
 * });
 */
export function testDatabase(database: Database): TestDatabase {
  const { options, settings, opened, log } = internals.get(database)!;
  let opening: Promise<TestFile> | undefined;
  let file: TestFile | undefined;
  const inTransaction = async (): Promise<TestFile> => {
    file = await (opening ??= TestFile.open(settings, log));
    await file.begin();
    return file;
  };
  afterEach(() => file?.rollback());
  afterAll(() => file?.[Symbol.asyncDispose]());
  return {
    rollback: () =>
      override(
        opened,
        dependency(
          async function* () {
            const open = await inTransaction();
            yield open.database;
            await open.rollback();
          },
          { lifetime: 'singleton' },
        ),
      ),
    async fresh() {
      const copy = await openCopy(settings);
      const target = { kind: 'copy', url: copy.url } as const;
      const place = { target, env: process.env, production: false, workers: 1, entries: [] };
      const by = dependency(
        async function* () {
          await using own = await openServerDatabase(patientSettingsOf(options), place, log);
          yield own as ServerDatabase;
        },
        { lifetime: 'singleton' },
      );
      return {
        override: override(opened, by),
        url: copy.url,
        [Symbol.asyncDispose]: () => copy[Symbol.asyncDispose](),
      };
    },
    async run(work) {
      const open = await inTransaction();
      const session = OpenSession.open(open.database);
      try {
        const result = await work(session);
        await session.close();
        return result;
      } catch (error) {
        await session.abandon();
        throw error;
      }
    },
    statements: () => file?.takeStatements() ?? [],
  };
}
