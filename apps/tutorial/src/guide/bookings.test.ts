import { testClient, type TestClient } from 'vivace/testing';
import { app } from './bookings';

let client: TestClient;
beforeEach(async () => (client = await testClient(app)));
afterEach(() => client.close());

async function issues(path: string, json: unknown) {
  const { detail } = (await client.post(path, { json })).json<{
    detail: { loc: unknown[]; msg: string }[];
  }>();
  return detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`);
}
const ann = { guest: 'Ann', from: 1, to: 3 };
const shown = { ...ann, bedCount: 2, nightsPaid: 0, nights: 2 };

test('names on the wire, defaults and computed fields; nothing private', async () => {
  expect(
    (await client.post('/bookings/', { json: { ...ann, key: 'x', seen: 1, nights: 9 } })).json(),
  ).toEqual(shown);
  expect(
    (await client.post('/bookings/', { json: { ...ann, bedCount: 3, nights_paid: 1 } })).json(),
  ).toEqual({
    ...shown,
    bedCount: 3,
    nightsPaid: 1,
  });
});

test('a field is held against those before it', async () => {
  expect(await issues('/bookings/', { ...ann, to: 1 })).toEqual([
    'body.to: Value error, it ends before it begins',
  ]);
});

test('the whole is checked when its fields fit', async () => {
  expect(await issues('/bookings/', { ...ann, nightsPaid: 5 })).toEqual([
    'body: Value error, more paid than stayed',
  ]);
  expect(await issues('/bookings/', { ...ann, from: 'x', nightsPaid: 5 })).toHaveLength(1);
});

test('the whole is changed before it is read', async () => {
  expect((await client.post('/bookings/', { json: 'Ann 1 3' })).json()).toEqual(shown);
  expect((await client.post('/bookings/text', { params: { line: 'Ann 1 3' } })).json()).toEqual(
    shown,
  );
});

test('only what was sent is changed', async () => {
  await client.post('/bookings/', { json: { ...ann, bedCount: 3 } });
  expect((await client.patch('/bookings/', { json: { to: 5 } })).json()).toEqual({
    ...shown,
    to: 5,
    bedCount: 3,
    nights: 4,
  });
});

test('a strict DTO converts nothing', async () => {
  expect((await client.post('/bookings/strict', { json: { beds: 2 } })).json()).toEqual({
    beds: 2,
  });
  expect(await issues('/bookings/strict', { beds: '2' })).toEqual([
    'body.beds: Input should be a valid integer',
  ]);
});

test('the JSON Schema of what is answered', async () => {
  expect((await client.get('/bookings/schema')).json()).toMatchObject({
    title: 'Booking',
    properties: {
      guest: { type: 'string' },
      bedCount: { type: 'integer', default: 2 },
      nights: { type: 'integer', readOnly: true },
    },
    required: ['guest', 'from', 'to', 'nights'],
  });
});
