import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { {{pascal}}Controller } from './{{kebab}}.controller.js';

describe('{{kebab}}', () => {
  it('answers a list', async () => {
    await using client = await testClient(new Vivace({ controllers: [{{pascal}}Controller] }));
    expect((await client.get('/{{path}}')).json()).toEqual([]);
  });
});
