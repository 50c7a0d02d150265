import { testClient } from 'vivace/testing';
import { app } from './types';

test('its types are what is read, written and documented', async () => {
  await using client = await testClient(app);
  const pen = { name: 'Pen', price: '1.10', unit: 'piece', tags: [], soldOut: null };
  expect(
    (await client.post('/products/', { json: { name: 'Pen', price: '1.10' } })).json(),
  ).toEqual({ id: 1, ...pen });
  expect((await client.patch('/products/1', { json: { tags: ['new'] } })).json()).toEqual({
    id: 1,
    ...pen,
    tags: ['new'],
  });
  expect((await client.get('/products/')).json()).toEqual({
    items: [{ id: 1, ...pen, tags: ['new'] }],
    total: 1,
  });
  expect((await client.patch('/products/1', { json: { name: 'P' } })).status).toBe(422);
  expect(
    (await client.post('/products/visits', { json: { from: '10.0.0.300', seconds: -1 } })).json(),
  ).toMatchObject({
    detail: [{ loc: ['body', 'from'] }, { type: 'greater_than_equal', loc: ['body', 'seconds'] }],
  });
  expect((await client.post('/products/setting', { json: { value: '3' } })).json()).toMatchObject({
    detail: [{ type: 'int_type' }],
  });
  const { components } = (await client.get('/openapi.json')).json<{
    components: { schemas: Record<string, unknown> };
  }>();
  expect(Object.keys(components.schemas)).toEqual(
    expect.arrayContaining(['Page_Product_', 'NewProduct', 'ProductChange', 'Visit']),
  );
});
