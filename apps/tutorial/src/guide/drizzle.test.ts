import { testClient } from 'vivace/testing';
import { app } from './drizzle';
import { ownDatabase } from './own-database';

const TABLE = `create table heroes (
  id integer primary key generated always as identity,
  name text not null unique deferrable initially deferred,
  rank text not null default 'rookie',
  secret_name text
)`;

test('rows of Drizzle are the DTOs, and its columns say what a body may be', async () => {
  await using database = await ownDatabase();
  await database.client.query(TABLE);
  await using client = await testClient(app, database);
  const json = { name: 'Deadpond', secretName: 'Dive Wilson' };
  const made = await client.post('/heroes/', { json });
  expect([made.status, made.json()]).toEqual([201, { id: 1, name: 'Deadpond', rank: 'rookie' }]);
  const changed = await client.patch('/heroes/1', { json: { rank: 'senior' } });
  expect(changed.json()).toEqual({ id: 1, name: 'Deadpond', rank: 'senior' });
  expect((await client.get('/heroes/1')).json()).toEqual(changed.json());
  expect((await client.patch('/heroes/1', { json: {} })).json()).toEqual(changed.json());
  expect((await client.get('/heroes/2')).json()).toEqual({ detail: 'Hero not found' });
  const refused = await client.post('/heroes/', { json: { rank: 'general' } });
  expect(refused.json<{ detail: { loc: string[] }[] }>().detail.map(({ loc }) => loc)).toEqual([
    ['body', 'name'],
    ['body', 'rank'],
  ]);
});

test('a transaction on Drizzle that cannot be committed is no success', async () => {
  await using database = await ownDatabase();
  await database.client.query(TABLE);
  await using client = await testClient(app, { ...database, raiseErrors: false });
  const statuses = [];
  for (const name of ['Rusty-Man', 'Rusty-Man'])
    statuses.push((await client.post('/heroes/', { json: { name } })).status);
  expect(statuses).toEqual([201, 500]);
  const { rows } = await database.client.query('select name from heroes');
  expect(rows).toEqual([{ name: 'Rusty-Man' }]);
});

test('a program with Drizzle goes on when its connection breaks', async () => {
  await using database = await ownDatabase();
  await database.client.query(TABLE);
  await using client = await testClient(app, { ...database, raiseErrors: false });
  await client.post('/heroes/', { json: { name: 'Deadpond' } });
  await database.client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
  // Fails where the pool has not heard of it yet.
  await client.get('/heroes/1');
  expect((await client.get('/heroes/1')).status).toBe(200);
});
