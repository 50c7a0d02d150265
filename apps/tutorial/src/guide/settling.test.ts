import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { Rows, told } from './settling';

test('what a session makes when it settles is in the answer, and success is told after it has closed', async () => {
  await using client = await testClient(new Vivace({ controllers: [Rows] }));
  expect((await client.post('/rows/', { params: { name: 'Ann' } })).json()).toEqual({
    id: 1,
    name: 'Ann',
  });
  expect(told).toEqual(['Ann']);
});
