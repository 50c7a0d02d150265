import { DatabaseSync } from 'node:sqlite';
import { BackgroundTasks, Controller, Depends, Get, Post, Vivace, dependency } from 'vivace';
import { override, testClient } from 'vivace/testing';

const events: string[] = [];
beforeEach(() => void (events.length = 0));

const session = dependency((): DatabaseSync => {
  throw new Error('This is the real database.');
});
const lifespan = async function* (): AsyncGenerator<{ ready: boolean }> {
  events.push('open');
  yield { ready: true };
  events.push('closed');
};

@Controller('/rows')
class Rows {
  @Get('/')
  count(@Depends(session) db: DatabaseSync): unknown {
    return db.prepare('SELECT count(*) AS rows FROM items').get();
  }
  @Post('/')
  add(@Depends(session) db: DatabaseSync, tasks: BackgroundTasks): null {
    db.exec(`INSERT INTO items VALUES ('new')`);
    tasks.add(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      events.push('task');
    });
    return null;
  }
}
const app = new Vivace({ controllers: [Rows], lifespan });

describe('gotchas of tests', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE items (name TEXT)');
  afterAll(() => db.close());

  /** All requests of one client are in one transaction, which is never committed. */
  const inTransaction = dependency(
    function* () {
      db.exec('BEGIN');
      try {
        yield db;
      } finally {
        db.exec('ROLLBACK');
      }
    },
    { lifetime: 'singleton' },
  );

  test('gotcha 65: a test that forgot an override is refused before anything is opened', async () => {
    await expect(testClient(app, { forbidUnmocked: [session] })).rejects.toThrow(
      "The application needs the dependency 'session', which this test may not use",
    );
    expect(events).toEqual([]);
  });

  test('gotcha 147: an override with the lifetime of the client rolls back what a test wrote', async () => {
    for (const _ of ['first', 'second']) {
      await using client = await testClient(app, {
        overrides: [override(session, inTransaction)],
        forbidUnmocked: [session],
      });
      expect((await client.get('/rows/')).json()).toEqual({ rows: 0 });
      await client.post('/rows/');
      expect((await client.get('/rows/')).json()).toEqual({ rows: 1 });
    }
  });

  test('gotcha 148: the lifespan always runs', async () => {
    {
      await using client = await testClient(app);
      expect([client.server.state, events]).toEqual([{ ready: true }, ['open']]);
    }
    expect(events).toEqual(['open', 'closed']);
  });

  test('gotcha 149: there is one client, which is asynchronous, so that several requests can be under way', async () => {
    await using client = await testClient(app, { overrides: [override(session, inTransaction)] });
    const answers = await Promise.all([client.get('/rows/'), client.get('/rows/')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test('gotcha 150: a request of a test returns when its background tasks are done', async () => {
    await using client = await testClient(app, { overrides: [override(session, inTransaction)] });
    await client.post('/rows/');
    expect(events).toEqual(['open', 'task']);
  });
});
