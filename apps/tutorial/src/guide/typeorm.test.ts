import { testClient } from 'vivace/testing';
import { ownDatabase } from './own-database';
import { app } from './typeorm';

const TABLES = `
  create table teams (id serial primary key, name text not null);
  create table members (
    id serial primary key,
    name text not null unique deferrable initially deferred,
    "secretName" text,
    "teamId" integer references teams
  );
`;

test('entities of TypeORM are the DTOs, with Omit and Pick', async () => {
  await using database = await ownDatabase();
  await database.client.query(TABLES);
  await using client = await testClient(app, database);
  const team = await client.post('/teams/', { json: { name: 'Z-Force' } });
  expect([team.status, team.json()]).toEqual([201, { id: 1, name: 'Z-Force' }]);
  const json = { name: 'Deadpond', secretName: 'Dive Wilson' };
  const member = await client.post('/teams/1/members', { json });
  const shown = { id: 1, name: 'Deadpond', team: { id: 1, name: 'Z-Force' } };
  expect([member.status, member.json()]).toEqual([201, shown]);
  expect((await client.get('/teams/1/members')).json()).toEqual([shown]);
  const short = await client.post('/teams/1/members', { json: { ...json, name: 'D' } });
  expect(short.status).toBe(422);
});

test('a transaction of TypeORM is committed before the answer, and rolled back where anything fails', async () => {
  await using database = await ownDatabase();
  await database.client.query(TABLES);
  await using client = await testClient(app, { ...database, raiseErrors: false });
  await client.post('/teams/', { json: { name: 'Z-Force' } });
  const json = { name: 'Deadpond', secretName: null };
  const statuses = [];
  for (const team of [1, 1, 7])
    statuses.push((await client.post(`/teams/${team}/members`, { json })).status);
  expect(statuses).toEqual([201, 500, 404]);
  expect((await database.client.query('select from members')).rowCount).toBe(1);
});
