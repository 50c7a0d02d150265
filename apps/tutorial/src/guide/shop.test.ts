import { testClient } from 'vivace/testing';
import { app } from './shop';

test('its document is for developers, and says what the program says', async () => {
  await using client = await testClient(app);
  expect((await client.get('/docs')).status).toBe(401);
  expect((await client.get('/openapi.yaml', { auth: ['ann', 'wrong'] })).status).toBe(403);
  const document = (await client.get('/openapi.json', { auth: ['ann', 'secret'] })).json();
  expect(document).toMatchObject({
    info: { title: 'Shop', version: '1.2.0', 'x-logo': { url: '/logo.png' } },
    servers: [{ url: 'https://shop.example.com', description: 'Production' }],
    paths: {
      '/items/': { post: { tags: ['items'], 'x-audience': 'shops', responses: { 201: {} } } },
    },
    webhooks: { 'item-sold': { post: { description: 'Sent when an item was sold.' } } },
    tags: [{ name: 'items', description: 'What is sold.' }],
  });
  expect(document).not.toHaveProperty(['paths', '/items/health']);
});
