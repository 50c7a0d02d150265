import { DatabasePool } from '../connection/pool';
import { TestServer } from '../testing/server';
import { SessionConnection } from './session-connection';

describe('reads that are asked for together', () => {
  it('have each the time of a statement, however long those before them take', async () => {
    await using server = await TestServer.open();
    const pool = new DatabasePool({
      urls: [server.url],
      max: 1,
      timeouts: { connect: 30_000, statement: 2000, lock: 0, idle: 0 },
      proxied: false,
      onStatement: () => undefined,
      onBroken: () => undefined,
    });
    const connection = new SessionConnection(pool, {}, false);
    const sleeps = Array.from({ length: 4 }, () =>
      connection.query({ text: 'select pg_sleep(1)' }, true),
    );
    expect(await Promise.all(sleeps)).toHaveLength(4);
    await pool.end();
  });
});
