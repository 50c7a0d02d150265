import { testClient, type TestClient } from 'vivace/testing';
import { app } from './accounts';

let client: TestClient;
beforeAll(async () => (client = await testClient(app)));
afterAll(() => client.close());

test('a body that fits is converted and completed', async () => {
  const response = await client.post('/accounts', {
    json: { login: 'ann', email: 'ann@shop.example', age: '18' },
  });
  expect([response.status, response.json()]).toEqual([200, 'ann without the newsletter']);
});

test('every rule that does not hold is named, in its own words where it has some', async () => {
  const response = await client.post('/accounts', { json: { login: 'al', email: 'al', age: 17 } });
  expect(response.status).toBe(422);
  expect(response.json()).toMatchObject({
    detail: [
      { loc: ['body', 'login'], msg: 'at least 3 letters' },
      { loc: ['body', 'email'] },
      { loc: ['body', 'age'], msg: 'Input should be greater than or equal to 18' },
    ],
  });
});

test('a field validator gives the value to go on with', async () => {
  const booked = await client.post('/accounts/ann/bookings', {
    json: { from: 1, to: 3, code: 'spring' },
  });
  expect(booked.json()).toEqual({ from: 1, to: 3, code: 'SPRING' });
});

test('a model validator sees all fields, and refuses by throwing', async () => {
  const refused = await client.post('/accounts/ann/bookings', { json: { from: 3, to: 1 } });
  expect(refused.json()).toMatchObject({
    detail: [{ type: 'value_error', loc: ['body'], msg: 'Value error, it ends before it begins' }],
  });
});
