import { testClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { app, Hero, heroDatabase, Team } from './programs/heroes';

const db = testDatabase(heroDatabase);

describe('a database of an application', () => {
  it('keeps what requests write, each in a transaction', async () => {
    await using client = await testClient(app, { overrides: [db.rollback()] });
    const created = await client.post('/heroes/', { json: { name: 'Rusty-Man' } });
    expect(created.status).toBe(201);
    const { id } = created.json<{ id: number }>();
    const changed = await client.patch(`/heroes/${id}`, { json: { age: 48 } });
    expect(changed.json()).toEqual({ id, name: 'Rusty-Man', age: 48 });
    expect((await client.get(`/heroes/${id}`)).json()).toEqual(changed.json());
    expect((await client.get('/heroes/0')).json()).toEqual({ detail: 'Hero not found' });
  });

  it('takes back what a test wrote', async () => {
    await using client = await testClient(app, { overrides: [db.rollback()] });
    expect((await client.get('/heroes/')).json()).toMatchObject({ items: [], total: 0 });
  });

  it('sees the rows that a test arranges', async () => {
    const { id } = await db.run(async (session) => {
      const hero = session.add(Hero, { name: 'Tarantula' });
      await session.flush();
      return hero;
    });
    await using client = await testClient(app, { overrides: [db.rollback()] });
    expect((await client.get(`/heroes/${id}`)).json()).toMatchObject({ name: 'Tarantula' });
    db.statements();
    await client.get('/heroes/');
    expect(db.statements()).toHaveLength(2);
  });

  it('has one of its own for each test without an override', async () => {
    for (const name of ['first', 'second']) {
      await using client = await testClient(app);
      await client.post('/heroes/', { json: { name } });
      expect((await client.get('/heroes/')).json()).toMatchObject({ total: 1, items: [{ name }] });
    }
  });

  it('has one of its own for a test that needs several connections', async () => {
    await using fresh = await db.fresh();
    await using client = await testClient(app, { overrides: [fresh.override] });
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => client.post('/heroes/', { json: { name: `h${at}` } })),
    );
    expect((await client.get('/heroes/')).json()).toMatchObject({ total: 20 });
    expect((await client.get('/readyz')).json()).toEqual({
      status: 'ok',
      checks: { database: 'ok', migrations: 'ok' },
    });
  });
});

describe('what a database refuses', () => {
  it('is a 409 for a value that is taken, and the session of others goes on', async () => {
    await using client = await testClient(app, { overrides: [db.rollback()] });
    expect((await client.post('/teams/', { json: { name: 'Z-Force' } })).status).toBe(201);
    const taken = await client.post('/teams/', { json: { name: 'Z-Force' } });
    expect([taken.status, taken.json()]).toEqual([409, { detail: 'name is taken' }]);
    expect((await client.post('/teams/', { json: { name: 'Preventers' } })).status).toBe(201);
  });

  it('is a 409 for a row that is not there, and for one that others refer to', async () => {
    await using client = await testClient(app, { overrides: [db.rollback()] });
    const missing = await client.post('/teams/77/heroes/1', { json: { name: 'Lost' } });
    expect([missing.status, missing.json()]).toEqual([409, { detail: 'team does not exist' }]);
    const { id } = (await client.post('/teams/', { json: { name: 'Z' } })).json<{ id: number }>();
    await client.post(`/teams/${id}/heroes/1`, { json: { name: 'Member' } });
    const used = await client.delete(`/teams/${id}`);
    expect([used.status, used.json()]).toEqual([409, { detail: 'Hero.team still refers to it' }]);
  });

  it('is a 409 also where it is refused at the commit', async () => {
    for (const override of [[db.rollback()], []]) {
      await using client = await testClient(app, { overrides: override });
      const { id } = (await client.post('/teams/', { json: { name: 'Z' } })).json<{ id: number }>();
      const first = await client.post(`/teams/${id}/heroes/1`, { json: { name: 'One' } });
      expect(first.status).toBe(201);
      const second = await client.post(`/teams/${id}/heroes/1`, { json: { name: 'Two' } });
      expect([second.status, second.json()]).toEqual([409, { detail: 'team and rank are taken' }]);
      expect((await client.get('/heroes/')).json()).toMatchObject({ total: 1 });
    }
  });
});
