import { newClient } from './testing/client.js';

describe('the application', () => {
  it('says that it is ready', async () => {
    await using client = await newClient();
    expect((await client.get('/readyz')).status).toBe(200);
  });

  it('refuses fields that no class declares', async () => {
    await using client = await newClient();
    const user = { name: 'Ada', email: 'ada@example.com', password: 'difference engine' };
    const response = await client.post('/users', { json: { ...user, admin: true } });
    expect(response.json()).toMatchObject({
      detail: [{ type: 'extra_forbidden', loc: ['body', 'admin'] }],
    });
  });

  it('sends headers that protect browsers', async () => {
    await using client = await newClient();
    const { headers } = await client.get('/posts');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
