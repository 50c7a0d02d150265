import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { {{camel}} } from './{{kebab}}.middleware.js';

describe('{{camel}}', () => {
  it('marks every answer', async () => {
    await using client = await testClient(new Vivace({ middleware: [{{camel}}] }));
    expect((await client.get('/')).headers.get('x-{{kebab}}')).toBe('yes');
  });
});
