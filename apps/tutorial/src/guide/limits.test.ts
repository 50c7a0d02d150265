import { testClient, type TestClient } from 'vivace/testing';
import { app } from './limits';

let client: TestClient;
beforeAll(async () => (client = await testClient(app)));
afterAll(() => client.close());

async function issue(path: string, json: object) {
  const { detail } = (await client.post(path, { json })).json<{
    detail: { type: string; loc: unknown[]; msg: string }[];
  }>();
  return detail.map(({ type, loc, msg }) => `${loc.at(-1)}: ${type}: ${msg}`);
}
const offered = async (json: object) => (await client.post('/offers', { json })).json();

test('a multiple of six', async () => {
  expect(await offered({ eggs: 12 })).toEqual({ eggs: 12 });
  expect(await issue('/offers', { eggs: 10 })).toEqual([
    'eggs: multiple_of: Input should be a multiple of 6',
  ]);
});

test('six digits, two of them behind the point', async () => {
  expect(await offered({ price: '1234.50' })).toEqual({ price: '1234.50' });
  expect(await issue('/offers', { price: '1.234' })).toEqual([
    'price: decimal_max_places: Decimal input should have no more than 2 decimal places',
  ]);
  expect(await issue('/offers', { price: '12345.6' })).toEqual([
    'price: decimal_whole_digits: Decimal input should have no more than 4 digits before the decimal point',
  ]);
});

test('infinity where it is allowed is null in JSON', async () => {
  expect(await offered({ growth: 'inf' })).toEqual({ growth: null });
  expect(await issue('/offers', { count: 'inf' })).toEqual([
    'count: int_type: Input should be a valid integer',
  ]);
});

test('no conversion where a field is strict', async () => {
  expect(await offered({ eggs: '12', count: 12 })).toEqual({ eggs: 12, count: 12 });
  expect(await issue('/offers', { count: '12' })).toEqual([
    'count: int_type: Input should be a valid integer',
  ]);
});

test('text without blanks around it, in small letters', async () => {
  expect(await offered({ name: '  Free-Range ' })).toEqual({ name: 'free-range' });
  expect(await issue('/offers', { name: '  ' })).toEqual([
    'name: string_too_short: String should have at least 1 character',
  ]);
  expect(await issue('/offers', { name: 'a1' })).toEqual([
    "name: string_pattern_mismatch: String should match pattern '^[a-z -]+$'",
  ]);
});

test('a set has no item twice; a field that is excluded is read and never shown', async () => {
  expect(await offered({ colours: ['white', 'brown', 'white'], cost: 3 })).toEqual({
    colours: ['white', 'brown'],
  });
  expect(await issue('/offers', { cost: 'x' })).toHaveLength(1);
});

test('dates and times by the clock', async () => {
  const json = {
    born: '2000-02-29',
    appointment: '2999-01-01T00:00:00Z',
    seen: '2020-01-01T10:00+01:00',
    alarm: '2030-01-01T07:00',
  };
  expect((await client.post('/people', { json })).json()).toEqual(json);
  expect(
    await issue('/people', {
      born: '2999-01-01',
      appointment: '1999-01-01T00:00:00Z',
      seen: '2999-01-01T10:00Z',
    }),
  ).toEqual([
    'born: date_past: Date should be in the past',
    'appointment: datetime_future: Input should be in the future',
    'seen: datetime_past: Input should be in the past',
  ]);
  expect(
    await issue('/people', {
      born: '2000-01-01',
      seen: '2020-01-01T10:00',
      alarm: '2030-01-01T07:00Z',
    }),
  ).toEqual([
    'seen: timezone_aware: Input should have timezone info',
    'alarm: timezone_naive: Input should not have timezone info',
  ]);
});

test('the document says what JSON Schema has words for', async () => {
  const { components } = (await client.get('/openapi.json')).json<{
    components: { schemas: Record<string, { properties: object }> };
  }>();
  expect(components.schemas['Offer-Input']!.properties).toMatchObject({
    eggs: { type: 'integer', multipleOf: 6 },
    name: { minLength: 1, pattern: '^[a-z -]+$' },
    colours: { type: 'array', uniqueItems: true },
    cost: { type: 'integer' },
  });
  expect(components.schemas['Offer-Output']!.properties).not.toHaveProperty('cost');
  expect(components.schemas['Person']!.properties).toMatchObject({
    born: { type: 'string', format: 'date' },
    seen: { type: 'string', format: 'date-time' },
  });
});
