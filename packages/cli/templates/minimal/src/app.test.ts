import { testClient } from 'vivace/testing';
import { app } from './app.js';

describe('{{name}}', () => {
  it('greets by name', async () => {
    await using client = await testClient(app);
    const response = await client.get('/', { params: { name: 'Ada' } });
    expect(response.json()).toEqual({ message: 'Hello, Ada!' });
  });

  it('says what is wrong with a number that is none, or too large', async () => {
    await using client = await testClient(app);
    const response = await client.get('/greetings/many');
    expect(response.status).toBe(422);
    expect(response.json()).toMatchObject({
      detail: [{ type: 'int_parsing', loc: ['path', 'count'] }],
    });
    expect((await client.get('/greetings/101')).status).toBe(422);
  });
});
