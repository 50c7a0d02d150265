import type autocannon from 'autocannon';
import { users } from './business.js';

/** What every server must answer, so that equal work is compared. */
export type Expectation =
  | { status: number; body: unknown }
  /** An answer that the client made a mistake in this field, each server in its own words. */
  | { mistake: string };

export interface Workload {
  name: string;
  requests: autocannon.Request[];
  expect: Expectation;
}

const order = {
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
    requests: [{ path: '/hello' }],
    expect: { status: 200, body: { message: 'Hello, World!' } },
  },
  {
    name: 'items',
    requests: [{ path: '/items/42?limit=10&q=violin&active=false' }],
    expect: { status: 200, body: { id: 42, limit: 10, q: 'violin', active: false } },
  },
  {
    name: 'orders',
    requests: [post('/orders', order)],
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
    requests: [
      post('/orders', {
        ...order,
        items: order.items.with(9, { sku: 'ABC-1009', quantity: 0, unitPrice: 9.5 }),
      }),
    ],
    expect: { mistake: 'quantity' },
  },
  {
    name: 'profile',
    requests: [{ path: '/profile', headers: { authorization: 'Bearer ada' } }],
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
    requests: [{ path: '/users?limit=100' }],
    expect: {
      status: 200,
      body: users.map(({ passwordHash: _hash, resetToken: _token, createdAt, ...shown }) => ({
        ...shown,
        createdAt: createdAt.toISOString(),
      })),
    },
  },
];

function post(path: string, body: object): autocannon.Request {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
