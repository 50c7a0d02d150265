import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { {{pascal}}Controller } from './{{kebab}}.controller.js';

const app = new Vivace({ controllers: [{{pascal}}Controller] });

describe('{{kebab}}', () => {
  it('are added, listed, replaced and removed', async () => {
    await using client = await testClient(app);
    const added = await client.post('/{{path}}', { json: { name: 'first' } });
    expect([added.status, added.json()]).toEqual([201, { id: 1, name: 'first' }]);
    expect((await client.get('/{{path}}')).json()).toEqual([{ id: 1, name: 'first' }]);
    const replaced = await client.put('/{{path}}/1', { json: { name: 'second' } });
    expect(replaced.json()).toEqual({ id: 1, name: 'second' });
    expect((await client.delete('/{{path}}/1')).status).toBe(204);
    expect((await client.get('/{{path}}/1')).status).toBe(404);
  });

  it('need a name', async () => {
    await using client = await testClient(app);
    expect((await client.post('/{{path}}', { json: { name: '' } })).status).toBe(422);
  });
});
