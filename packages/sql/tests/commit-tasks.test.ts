import type { TestClient } from 'vivace/testing';
import type { Session } from '@vivace/sql';
import { OpenSession } from '../src/session/open-session';
import { done, Hero, openRoster } from './programs/roster';

describe('what waits for the commit of a session', () => {
  let database: Awaited<ReturnType<typeof openRoster>>['database'];
  let http: TestClient;
  let sent: string[];

  beforeAll(async () => {
    ({ database, http, sent } = await openRoster());
  });
  beforeEach(() => {
    done.length = 0;
  });
  afterAll(() => http.close());

  it('writes with the commit what packages keep in it, once and after the last flush', async () => {
    const rows: string[][] = [];
    await database.work(async (db) => {
      const write = async (
        names: readonly string[],
        session: Pick<Session, 'execute'>,
      ): Promise<void> => {
        rows.push([...names]);
        await session.execute(`select count(*) from hero where name = 'flushed'`);
      };
      db.beforeCommit(write, 'first');
      await db.transactional(async () => db.beforeCommit(write, 'inner'));
      const failing = db.transactional(async () => {
        db.beforeCommit(write, 'never');
        db.afterCommit(() => done.push('never'));
        throw new Error('inner');
      });
      await expect(failing).rejects.toThrow('inner');
      db.add(Hero, { name: 'flushed' });
      db.beforeCommit(write, 'last');
      sent.length = 0;
    });
    expect(rows).toEqual([['first', 'inner', 'last']]);
    expect(sent).toEqual([
      expect.stringMatching(/^insert /),
      expect.stringMatching(/^select count/),
      'commit',
    ]);
    expect(done).toEqual([]);
  });

  it('writes it with each transaction where it holds none by itself', async () => {
    const rows: string[][] = [];
    const write = (names: readonly string[]): unknown => rows.push([...names]);
    const db = OpenSession.open(database, { lasts: true });
    expect(() => db.beforeCommit(write, 'outside')).toThrow('use `db.transactional(…)`');
    await db.transactional(async () => db.beforeCommit(write, 'kept'));
    const failing = db.transactional(async () => {
      db.beforeCommit(write, 'never');
      throw new Error('inner');
    });
    await expect(failing).rejects.toThrow('inner');
    expect(rows).toEqual([['kept']]);
    await db.close();
  });

  it('runs it after each transaction where a session holds none by itself, and at once outside of them', async () => {
    const failed: unknown[] = [];
    const log = () => ({ error: ({ err }: { err: Error }) => failed.push(err.message) }) as never;
    const db = OpenSession.open({ ...database, log }, { lasts: true });
    db.afterCommit(() => done.push('at once'));
    expect(done).toEqual(['at once']);
    await db.transactional(async () => {
      db.afterCommit(() => Promise.reject(new Error('not sent')));
      await db.transactional(async () => db.afterCommit(() => done.push('inner')));
      db.afterCommit(() => done.push('outer'));
      expect(done).toHaveLength(1);
    });
    expect(done).toEqual(['at once', 'inner', 'outer']);
    expect(failed).toEqual(['not sent']);
    await db.close();
  });
});
