import { DatabasePool } from '../src/connection/pool';
import { TestServer } from '../src/testing/server';

const statement = { name: 'ours', text: 'select $1::int as one', values: [1] };

describe('a connection behind a proxy', () => {
  it.each([
    ['has nothing prepared', true, 0],
    ['is not what others are: those prepare what has a name', false, 1],
  ])('%s', async (_, proxied, prepared) => {
    await using server = await TestServer.open();
    const pool = new DatabasePool({
      urls: [server.url],
      max: 1,
      timeouts: { connect: 3000, statement: 0, lock: 0, idle: 0 },
      proxied,
      onStatement: () => undefined,
      onBroken: () => undefined,
    });
    expect((await pool.query(statement)).rows).toEqual([{ one: 1 }]);
    const { rows } = await pool.query('select name from pg_prepared_statements');
    expect(rows).toHaveLength(prepared);
    await pool.end();
  });
});
