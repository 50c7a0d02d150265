import type autocannon from 'autocannon';

export interface Workload {
  name: string;
  requests: autocannon.Request[];
  /** What every server must answer, so that equal work is compared. */
  expect: { status: number; body: unknown };
}

const order = {
  customer: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    address: { street: '12 St James Square', city: 'London', country: 'GB', zip: '12345' },
  },
  items: Array.from({ length: 10 }, (_, index) => ({ sku: `ABC-${1000 + index}`, quantity: index + 1, unitPrice: 9.5 + index })),
  note: 'Ring twice.',
  tags: ['gift', 'fast'],
};

export const workloads: Workload[] = [
  { name: 'hello', requests: [{ path: '/hello' }], expect: { status: 200, body: { message: 'Hello, World!' } } },
  {
    name: 'items',
    requests: [{ path: '/items/42?limit=10&q=violin&active=false' }],
    expect: { status: 200, body: { id: 42, limit: 10, q: 'violin', active: false } },
  },
  {
    name: 'orders',
    requests: [{ method: 'POST', path: '/orders', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) }],
    expect: {
      status: 201,
      body: { id: 'ord_1', total: 852.5, status: 'accepted', customer: { name: 'Ada Lovelace', email: 'ada@example.com' }, itemCount: 10 },
    },
  },
];
