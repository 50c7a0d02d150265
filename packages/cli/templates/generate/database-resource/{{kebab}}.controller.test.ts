import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { {{pascal}}Controller } from './{{kebab}}.controller.js';
import { {{model}} } from './{{kebab}}.entity.js';

const db = database({ entities: [{{model}}] });
const app = new Vivace({ controllers: [{{pascal}}Controller], extensions: [db] });
const rows = testDatabase(db);

describe('{{kebab}}', () => {
  it('are added, listed, changed and removed', async () => {
    await using client = await testClient(app, { overrides: [rows.rollback()] });
    const added = await client.post('/{{path}}', { json: { name: 'first' } });
    expect(added.status).toBe(201);
    const path = `/{{path}}/${added.json<{ id: number }>().id}`;
    expect((await client.get('/{{path}}')).json()).toMatchObject({ total: 1 });
    const changed = await client.patch(path, { json: { name: 'second' } });
    expect(changed.json()).toMatchObject({ name: 'second', description: null });
    expect((await client.delete(path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(404);
  });

  it('need a name', async () => {
    await using client = await testClient(app, { overrides: [rows.rollback()] });
    expect((await client.post('/{{path}}', { json: { name: '' } })).status).toBe(422);
  });
});
