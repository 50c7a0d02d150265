import { testClient } from 'vivace/testing';
import { app } from './readme';

test('it validates, converts, fills in defaults and shows only what the return type has', async () => {
  await using client = await testClient(app);
  const created = await client.post('/items/', {
    json: { name: 'Rosin', price: '4.5', sku: 'ignored' },
  });
  expect(created.status).toBe(201);
  expect(created.json()).toEqual({ name: 'Rosin', price: 4.5, tags: [], unit: 'piece', id: 1 });
  expect((await client.get('/items/1')).json()).toEqual(created.json());
  expect((await client.get('/items/', { params: { unit: 'kg' } })).json()).toEqual([]);
});

test('it refuses what does not fit with the words of FastAPI', async () => {
  await using client = await testClient(app);
  const refused = await client.post('/items/', { json: { name: '', price: -1, unit: 'litre' } });
  expect(refused.status).toBe(422);
  expect(refused.json()).toEqual({
    detail: [
      {
        type: 'string_too_short',
        loc: ['body', 'name'],
        msg: 'String should have at least 1 character',
        input: '',
        ctx: { min_length: 1 },
      },
      {
        type: 'greater_than_equal',
        loc: ['body', 'price'],
        msg: 'Input should be greater than or equal to 0',
        input: -1,
        ctx: { ge: 0 },
      },
      {
        type: 'literal_error',
        loc: ['body', 'unit'],
        msg: "Input should be 'piece' or 'kg'",
        input: 'litre',
        ctx: { expected: "'piece' or 'kg'" },
      },
    ],
  });
  expect((await client.get('/items/abc')).json()).toMatchObject({
    detail: [{ type: 'int_parsing', loc: ['path', 'item_id'] }],
  });
  expect((await client.get('/items/99')).json()).toEqual({ detail: 'no such item' });
});
