import { testClient } from 'vivace/testing';
import { app } from './timing';

test.each(['/items/', '/unknown', '/openapi.json'])('%s says how long it took', async (path) => {
  await using client = await testClient(app);
  const { headers } = await client.get(path);
  expect(Number(headers.get('x-process-time'))).toBeGreaterThan(0);
});
