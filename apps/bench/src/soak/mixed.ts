import autocannon from 'autocannon';
import { slope } from '../statistics.js';
import { MEBI, type Figure } from './figure.js';
import type { Subject } from './subject.js';

const json = { 'content-type': 'application/json' };
const order = { customer: 'Ada', lines: [{ sku: 'A-1', count: 2 }] };
const REQUESTS: autocannon.Request[] = [
  { path: '/items/7?limit=20' },
  { method: 'POST', path: '/orders', headers: json, body: JSON.stringify(order) },
  { path: '/items/seven' },
  {
    method: 'POST',
    path: '/orders',
    headers: json,
    body: JSON.stringify({ ...order, lines: [{ sku: '', count: 0 }] }),
  },
  { path: '/nowhere' },
  { method: 'POST', path: '/orders', headers: json, body: '{"customer": ' },
];

/** Requests of every outcome, by the hundred thousand. */
export async function mixed(subject: Subject, hundredThousands: number): Promise<Figure[]> {
  const before = await round(subject, 100_000).then(() =>
    subject.settled(({ held }) => held === 0),
  );
  const resident: number[] = [];
  let failed = 0;
  let last = before;
  for (let count = 0; count < hundredThousands; count++) {
    failed += await round(subject, 100_000);
    last = await subject.settled(({ held }) => held === 0);
    resident.push(last.resident / MEBI);
  }
  return [
    { name: 'requests', value: (hundredThousands + 1) * 100_000, unit: '' },
    { name: 'answered 5xx, or not at all', value: failed, unit: '', exactly: 0 },
    {
      name: 'resident memory, added by each 100,000 of the last half',
      value: slope(resident.slice(-Math.ceil(resident.length / 2))),
      unit: 'MiB',
      most: 5,
    },
    {
      name: 'heap after collection, added since the first 100,000',
      value: (last.heap - before.heap) / MEBI,
      unit: 'MiB',
      most: 10,
    },
    { name: 'open sockets and files added', value: last.open - before.open, unit: '', most: 0 },
    { name: 'dependencies left open', value: last.held, unit: '', exactly: 0 },
  ];
}

async function round(subject: Subject, amount: number): Promise<number> {
  const result = await autocannon({
    url: subject.url,
    connections: 32,
    amount,
    requests: REQUESTS,
  });
  return result['5xx'] + result.errors + result.timeouts;
}
