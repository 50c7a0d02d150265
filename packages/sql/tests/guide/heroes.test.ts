import { testClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { app, Hero, heroDatabase, Team } from './heroes';

const db = testDatabase(heroDatabase);

test('a hero is created, changed and read; the secret name stays inside', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const { id } = (
    await client.post('/heroes/', { json: { name: 'Rusty-Man', secretName: 'Tommy' } })
  ).json<{ id: number }>();
  const changed = await client.patch(`/heroes/${id}`, { json: { age: 48 } });
  expect(changed.json()).toEqual({ id, name: 'Rusty-Man', age: 48 });
  expect((await client.get('/heroes/0')).json()).toEqual({ detail: 'Hero not found' });
});

test('a page of heroes takes two statements', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  db.statements();
  await client.get('/heroes/');
  expect(db.statements()).toHaveLength(2);
});

test('a hero is deleted, and a team comes with its heroes', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const ids = await db.run(async (session) => {
    const team = session.add(Team, { name: 'Z-Force', headquarters: 'Bar' });
    const hero = session.add(Hero, { name: 'Deadpond', secretName: 'Dive', team });
    await session.flush();
    return { team: team.id, hero: hero.id };
  });
  const team = await client.get(`/teams/${ids.team}`);
  expect(team.json()).toEqual({
    id: ids.team,
    name: 'Z-Force',
    headquarters: 'Bar',
    heroes: [{ id: ids.hero, name: 'Deadpond', age: null }],
  });
  expect((await client.delete(`/heroes/${ids.hero}`)).status).toBe(204);
  expect((await client.get(`/heroes/${ids.hero}`)).status).toBe(404);
  expect((await client.delete(`/heroes/${ids.hero}`)).status).toBe(404);
});

test.each([
  ['age', 901],
  ['age', 2 ** 31],
  ['age', 1e300],
  ['name', ''],
  ['name', 'a\0'],
  ['secretName', '\ud800'],
])('a hero whose %s is %p is refused at its place', async (field, value) => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const hero = { name: 'A', age: 1, secretName: 'B', [field]: value };
  const answer = await client.post('/heroes/', { json: hero });
  expect(answer.status).toBe(422);
  expect(answer.json()).toMatchObject({ detail: [{ loc: ['body', field] }] });
});
