import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, useContainer, validate } from 'class-validator';
import * as fc from 'fast-check';
import { testClient, type TestClient } from 'vivace/testing';
import {
  Countries,
  CreateOrder,
  Delivery,
  Discount,
  IsKnownCountry,
  UpdateOrder,
  app,
  legacy,
} from './parcels';

const page = readFileSync(join(__dirname, '../../../../docs/guide/coming-from-nestjs.md'), 'utf8');

type Body = Readonly<Record<string, unknown>>;
/** The value that a handler gets, or the places that were refused. */
type Verdict = { readonly value: unknown } | { readonly refused: readonly string[] };

interface Case {
  readonly type: new () => object;
  readonly groups?: string[];
  send(body: unknown): ReturnType<TestClient['post']>;
}

let client: TestClient;
beforeAll(async () => {
  client = await testClient(app);
  // class-validator is told how to make the constraint; the application knows it by itself.
  const known = new IsKnownCountry(new Countries());
  useContainer({
    get: (type) => (type === IsKnownCountry ? known : new (type as new () => unknown)()),
  });
});
afterAll(() => client.close());

const cases = {
  create: { type: CreateOrder, send: (json) => client.post('/orders/', { json }) },
  update: { type: UpdateOrder, send: (json) => client.patch('/orders/', { json }) },
  clerk: {
    type: Discount,
    groups: ['clerk'],
    send: (json) => client.post('/orders/discounts/clerk', { json }),
  },
  manager: {
    type: Discount,
    groups: ['manager'],
    send: (json) => client.post('/orders/discounts/manager', { json }),
  },
} satisfies Record<string, Case>;
type Name = keyof typeof cases;

/** What `ValidationPipe({ transform: true, whitelist: true })` does. */
async function theirs({ type, groups }: Case, body: unknown): Promise<Verdict> {
  const instance = plainToInstance(type, body);
  const errors = await validate(instance, { whitelist: true, ...(groups && { groups }) });
  if (errors.length === 0) return { value: withoutMilliseconds(instance) };
  return { refused: [...new Set(errors.flatMap(placesOf))].toSorted() };
}

async function ours({ send }: Case, body: unknown): Promise<Verdict> {
  const response = await send(body);
  if (response.status === 200) return { value: response.json() };
  expect(response.status).toBe(422);
  const { detail } = response.json<{ detail: { loc: (string | number)[] }[] }>();
  const places = detail.map(({ loc }) =>
    loc
      .slice(1)
      .join('.')
      .replace(/^(tags)\.\d+$/, '$1'),
  );
  return { refused: [...new Set(places)].toSorted() };
}

/** Of a value that is refused as a whole only the whole. */
function placesOf({ property, children = [], constraints }: ValidationError): string[] {
  if (constraints !== undefined) return [property];
  return children.flatMap(placesOf).map((place) => `${property}.${place}`);
}

/** As JSON; an instant without a fraction has none in our answers. */
function withoutMilliseconds(value: object): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/(T[\d:]+)\.000Z"/g, '$1Z"'));
}

interface Difference {
  readonly covers: (body: Body, name: Name) => boolean;
  readonly example: readonly [name: Name, body: Body, theirs: Verdict, ours: Verdict];
}

const line1 = { sku: 'lamp', quantity: 2 };
const whole = { email: 'ann@shop.example', delivery: 'pickup', lines: [line1], tags: [] };
const abroad = { ...whole, address: { city: 'Oslo', country: 'NO' } };

/** Where the verdicts differ on purpose; the page has these words. */
const DIFFERENCES: Readonly<Record<string, Difference>> = {
  'A condition skips rules of the field, not its type': {
    covers: ({ delivery, address }) => delivery !== Delivery.Courier && address !== undefined,
    example: ['create', abroad, { value: abroad }, { refused: ['address.country'] }],
  },
  'A date is sent as ISO 8601': {
    covers: ({ wanted }) =>
      wanted !== undefined && wanted !== null && !/^\d{4}-\d\d-\d\d(T|$)/.test(String(wanted)),
    example: [
      'create',
      { ...whole, wanted: 0 },
      { value: { ...whole, wanted: '1970-01-01T00:00:00Z' } },
      { refused: ['wanted'] },
    ],
  },
  'One value is no list': {
    covers: ({ tags }) => typeof tags === 'string',
    example: [
      'create',
      { ...whole, tags: 'gift' },
      { value: { ...whole, tags: 'gift' } },
      { refused: ['tags'] },
    ],
  },
  'A list is no object': {
    covers: ({ address, lines }) =>
      Array.isArray(address) || (Array.isArray(lines) && lines.some(Array.isArray)),
    example: [
      'create',
      { ...whole, lines: [[line1]] },
      { value: { ...whole, lines: [[line1]] } },
      { refused: ['lines.0'] },
    ],
  },
  'A value has its declared type in every group': {
    covers: ({ reason }, name) =>
      name === 'clerk' && reason !== undefined && typeof reason !== 'string',
    example: [
      'clerk',
      { percent: 5, reason: 7 },
      { value: { percent: 5, reason: 7 } },
      { refused: ['reason'] },
    ],
  },
  'A question mark means that a field may be left out': {
    covers: ({ reason }, name) => name === 'manager' && reason === undefined,
    example: ['manager', { percent: 50 }, { refused: ['reason'] }, { value: { percent: 50 } }],
  },
};

/** Where they do not. */
const SAME: readonly (readonly [name: Name, body: Body, verdict: Verdict])[] = [
  ['create', whole, { value: whole }],
  ['create', { ...whole, admin: true, lines: [{ ...line1, price: 0 }] }, { value: whole }],
  ['create', { ...whole, email: 'ann' }, { refused: ['email'] }],
  ['create', { ...whole, delivery: 'Courier' }, { refused: ['delivery'] }],
  ['create', { ...abroad, delivery: 'courier' }, { refused: ['address.country'] }],
  [
    'create',
    { ...whole, delivery: 'courier', address: {} },
    { refused: ['address.city', 'address.country'] },
  ],
  ['create', { ...whole, lines: [] }, { refused: ['lines'] }],
  [
    'create',
    { ...whole, lines: [line1, { sku: '', quantity: 1.5 }] },
    { refused: ['lines.1.quantity', 'lines.1.sku'] },
  ],
  ['create', { ...whole, lines: [{ ...line1, quantity: '2' }] }, { refused: ['lines.0.quantity'] }],
  [
    'create',
    { ...whole, tags: null, wanted: null },
    { value: { ...whole, tags: null, wanted: null } },
  ],
  ['create', { ...whole, tags: ['gift', 1] }, { refused: ['tags'] }],
  ['create', {}, { refused: ['delivery', 'email', 'lines'] }],
  ['update', {}, { value: { tags: [] } }],
  ['update', { email: 'ann' }, { value: { tags: [] } }],
  ['update', { lines: null }, { value: { lines: null, tags: [] } }],
  ['update', { lines: [{ sku: 'lamp' }] }, { refused: ['lines.0.quantity'] }],
  ['clerk', { percent: 30 }, { refused: ['percent'] }],
  ['manager', { percent: 30, reason: 'loyal' }, { value: { percent: 30, reason: 'loyal' } }],
  ['manager', { percent: 81, reason: 'no' }, { refused: ['percent', 'reason'] }],
];

const anything = fc.oneof(
  fc.constantFrom(null, '', 'ab', 0, 1, -1, 1.5, true, [], {}, ['a'], [1]),
  fc.string({ maxLength: 45 }),
  fc.integer(),
);
/** Of the declared type nine times out of ten. */
const mostly = (...good: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: fc.oneof(...good) }, { weight: 1, arbitrary: anything });
const line = fc.record(
  {
    sku: mostly(fc.string({ maxLength: 5 })),
    quantity: mostly(fc.integer({ min: 0, max: 101 })),
    note: mostly(fc.string({ maxLength: 21 }), fc.constant(null)),
    unknown: anything,
  },
  { requiredKeys: ['sku', 'quantity'] },
);
const address = fc.record(
  { city: mostly(fc.string({ maxLength: 41 })), country: fc.constantFrom('CZ', 'DE', 'XX') },
  { requiredKeys: ['country'] },
);
const order = {
  email: mostly(fc.constantFrom('ann@shop.example', 'ann')),
  delivery: mostly(fc.constantFrom('courier', 'pickup', 'pigeon')),
  address: mostly(address),
  lines: mostly(fc.array(mostly(line), { maxLength: 3 })),
  wanted: mostly(fc.constantFrom('2026-01-02T03:04:05Z', '2026-01-02', null)),
  tags: mostly(fc.array(fc.string(), { maxLength: 2 }), fc.constant(null)),
  unknown: anything,
};
const discount = {
  percent: mostly(fc.integer({ min: -1, max: 90 })),
  reason: mostly(fc.string({ maxLength: 5 })),
};
const bodies: Readonly<Record<Name, fc.Arbitrary<Body>>> = {
  create: fc.record(order, { requiredKeys: ['email', 'delivery', 'lines'] }),
  update: fc.record(order, { requiredKeys: [] }),
  clerk: fc.record(discount, { requiredKeys: [] }),
  manager: fc.record(discount, { requiredKeys: [] }),
};

describe('DTOs of an application of NestJS', () => {
  it.each(SAME)('have the verdict of class-validator: %s %j', async (name, body, verdict) => {
    expect(await theirs(cases[name], body)).toEqual(verdict);
    expect(await ours(cases[name], body)).toEqual(verdict);
  });

  it.each(Object.entries(DIFFERENCES))('differ on purpose: %s', async (why, { example }) => {
    const [name, body, they, we] = example;
    expect(await theirs(cases[name], body)).toEqual(they);
    expect(await ours(cases[name], body)).toEqual(we);
    expect(page).toContain(why);
  });

  it.each(Object.keys(cases) as Name[])('differ nowhere else, for any body: %s', async (name) => {
    for (const body of fc.sample(bodies[name], { seed: 7, numRuns: 300 })) {
      const [we, they] = [await ours(cases[name], body), await theirs(cases[name], body)];
      if (!Object.values(DIFFERENCES).some(({ covers }) => covers(body, name)))
        expect({ body, verdict: we }).toEqual({ body, verdict: they });
    }
  });
});

test('an exception handler answers as NestJS does', async () => {
  await using old = await testClient(legacy);
  const response = await old.post('/orders/', { json: { ...whole, email: 'ann' } });
  expect([response.status, response.json()]).toEqual([
    400,
    {
      statusCode: 400,
      message: ['email: value is not a valid email address: An email address must have an @-sign.'],
      error: 'Bad Request',
    },
  ]);
});
