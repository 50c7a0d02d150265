import { once } from 'node:events';
import type { Client } from 'pg';
import { TestServer } from '../testing/server';
import { DatabasePool } from './pool';

describe('a connection that the server ends', () => {
  let server: TestServer;
  let broken: string[];
  let pool: DatabasePool;

  beforeAll(async () => void (server = await TestServer.open()));
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(() => {
    broken = [];
    pool = new DatabasePool({
      urls: [server.url],
      max: 1,
      timeouts: { connect: 3000, statement: 0, lock: 0, idle: 0 },
      proxied: false,
      onStatement: () => undefined,
      onBroken: ({ message }) => void broken.push(message),
    });
  });

  it('is told of', async () => {
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    const told = once(pool, 'error');
    await server.run('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await told;
    expect(broken).toEqual(['terminating connection due to administrator command']);
    await pool.end();
  });

  it('is not where its pool has ended, which does not wait for it to be closed', async () => {
    const connected = once(pool, 'connect') as Promise<[Client]>;
    await pool.query('select 1');
    const [client] = await connected;
    await pool.end();
    // As the driver does when the server is faster.
    client.emit('error', new Error('terminating connection due to administrator command'));
    expect(broken).toEqual([]);
  });
});
