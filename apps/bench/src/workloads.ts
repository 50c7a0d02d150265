import { users } from './business.js';

/** What every server must answer, so that equal work is compared. */
export type Expectation =
  | { status: number; body: unknown }
  /** An answer that the client made a mistake in this field, each server in its own words. */
  | { mistake: string };

export interface Request {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
export interface Workload {
  readonly name: string;
  readonly request: Request;
  readonly expect: Expectation;
}

export const order = {
  customer: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    address: { street: '12 St James Square', city: 'London', country: 'GB', zip: '12345' },
  },
  items: Array.from({ length: 10 }, (_, index) => ({
    sku: `ABC-${1000 + index}`,
    quantity: index + 1,
    unitPrice: 9.5 + index,
  })),
  note: 'Ring twice.',
  tags: ['gift', 'fast'],
};

export const workloads: Workload[] = [
  {
    name: 'hello',
    request: { path: '/hello' },
    expect: { status: 200, body: { message: 'Hello, World!' } },
  },
  {
    name: 'items',
    request: { path: '/items/42?limit=10&q=violin&active=false' },
    expect: { status: 200, body: { id: 42, limit: 10, q: 'violin', active: false } },
  },
  {
    name: 'orders',
    request: post('/orders', order),
    expect: {
      status: 201,
      body: {
        id: 'ord_1',
        total: 852.5,
        status: 'accepted',
        customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
        itemCount: 10,
      },
    },
  },
  {
    name: 'refused',
    request: post('/orders', {
      ...order,
      items: order.items.with(9, { sku: 'ABC-1009', quantity: 0, unitPrice: 9.5 }),
    }),
    expect: { mistake: 'quantity' },
  },
  {
    name: 'profile',
    request: { path: '/profile', headers: { authorization: 'Bearer ada' } },
    expect: {
      status: 200,
      body: {
        id: 7,
        email: 'ada@example.com',
        name: 'Ada',
        roles: ['member', 'editor'],
        createdAt: '2024-02-02T03:04:05.600Z',
      },
    },
  },
  {
    name: 'users',
    request: { path: '/users?limit=100' },
    expect: {
      status: 200,
      body: users.map(({ passwordHash: _hash, resetToken: _token, createdAt, ...shown }) => ({
        ...shown,
        createdAt: createdAt.toISOString(),
      })),
    },
  },
];

/** What every server must refuse; a mistake is 400 or 422, as it likes. */
export const refusals: readonly {
  readonly name: string;
  readonly request: Request;
  readonly status: number;
}[] = [
  { name: 'an id of 0', request: { path: '/items/0' }, status: 422 },
  { name: 'an id that is no number', request: { path: '/items/violin' }, status: 422 },
  { name: 'more users than allowed', request: { path: '/users?limit=101' }, status: 422 },
  { name: 'an order that is a list', request: post('/orders', []), status: 422 },
  { name: 'nobody', request: { path: '/profile' }, status: 401 },
  {
    name: 'a stranger',
    request: { path: '/profile', headers: { authorization: 'Bearer eve' } },
    status: 401,
  },
];

function post(path: string, body: object): Request {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
