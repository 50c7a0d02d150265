import { testClient } from 'vivace/testing';
import { app } from './tutorial001';

test('GraphQL is served by a fetch handler below a path, and stands in no document', async () => {
  await using client = await testClient(app);
  const response = await client.post('/graphql', { json: { query: '{ user { name age } }' } });
  expect([response.status, response.json()]).toEqual([
    200,
    { data: { user: { name: 'Patrick', age: 100 } } },
  ]);
  expect((await client.post('/graphql', { json: { query: '{ nobody }' } })).json()).toMatchObject({
    errors: [{ message: expect.stringContaining('nobody') }],
  });
  expect((await client.get('/')).json()).toEqual({ graphql: '/graphql' });
  expect(Object.keys((await app.openapi()).paths)).toEqual(['/']);
});
