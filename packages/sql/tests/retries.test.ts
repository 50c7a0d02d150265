import { Controller, dependency, Get, Post, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';
import { database, Entity, Id, Session, sql, Transaction } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';

@Entity()
class Note {
  @Id() id!: int;
  by!: string;
}
let tries = 0;
const done: string[] = [];
const CONFLICT = sql`do $$ begin raise exception using errcode = '40001'; end $$`;
const reads = dependency({ db: Session }, ({ db }) => db.count(Note));
const inserts = dependency({ db: Session }, ({ db }) => db.insert(Note, { by: 'dependency' }));
const adds = dependency({ db: Session }, ({ db }) => void db.add(Note, { by: 'dependency' }));
const waits = dependency({ db: Session }, ({ db }) => db.afterCommit(() => done.push('done')));
const each = dependency({ db: Session }, ({ db }) =>
  db.eachRun(() => db.insert(Note, { by: 'each run' })),
);

@Controller()
class Notes {
  constructor(private readonly db: Session) {}
  async #note(): Promise<void> {
    await this.db.insert(Note, { by: 'handler' });
    if ((tries += 1) === 1) await this.db.execute(CONFLICT);
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/reads', { dependencies: [reads] })
  async reads(): Promise<void> {
    await this.#note();
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/inserts', { dependencies: [inserts] })
  async inserts(): Promise<void> {
    await this.#note();
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/adds', { dependencies: [adds] })
  async adds(): Promise<void> {
    await this.#note();
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/waits', { dependencies: [waits] })
  async waits(): Promise<void> {
    await this.#note();
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/each', { dependencies: [each] })
  async each(): Promise<void> {
    await this.#note();
  }
  @Get('/')
  async list(): Promise<string[]> {
    return (await this.db.find(Note, {}, { orderBy: { id: 'asc' } })).map(({ by }) => by);
  }
}
const notes = database({ entities: [Note] });
const app = new Vivace({ controllers: [Notes], extensions: [notes] });
const db = testDatabase(notes);

describe('an operation that is run again after a conflict', () => {
  it.each([
    ['reads', 200, ['handler']],
    ['each', 200, ['each run', 'handler']],
    // It would be lost with the first run, so the client has to ask again.
    ['inserts', 503, []],
    ['adds', 503, []],
    ['waits', 503, []],
  ])('loses nothing of what was written before it: %s', async (path, status, kept) => {
    tries = 0;
    await using client = await testClient(app, { overrides: [db.rollback()] });
    expect((await client.post(`/${path}`)).status).toBe(status);
    expect((await client.get('/')).json()).toEqual(kept);
    expect(done).toEqual([]);
  });
});
