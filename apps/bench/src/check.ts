import { isDeepStrictEqual } from 'node:util';
import type { Contender } from './contender.js';
import { order, refusals, workloads, type Expectation, type Request } from './workloads.js';

/** Has a server answer every workload, and refuse what it should, before anything of it is measured. */
export async function check(contender: Contender): Promise<void> {
  for (const { name, request, expect } of workloads)
    await expected(contender, name, request, expect);
  for (const { name, request, status } of refusals) {
    const response = await ask(contender, request);
    const found = response.status === 400 && status === 422 ? 422 : response.status;
    if (found !== status) throw unlike(contender, name, response.status, await response.text());
  }
  const { country: _, ...address } = order.customer.address;
  const { note: _note, tags: _tags, ...few } = order;
  const bare = { ...few, customer: { ...order.customer, address }, more: 'unknown' };
  const response = await ask(contender, {
    method: 'POST',
    path: '/orders',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(bare),
  });
  if (response.status !== 201)
    throw unlike(contender, 'an order with defaults', response.status, await response.text());
}

async function expected(
  contender: Contender,
  name: string,
  request: Request,
  expect: Expectation,
): Promise<void> {
  const response = await ask(contender, request);
  const text = await response.text();
  const fits =
    'mistake' in expect
      ? (response.status === 400 || response.status === 422) && text.includes(expect.mistake)
      : response.status === expect.status &&
        isDeepStrictEqual(JSON.parse(text, instantsAlike), expect.body);
  if (!fits) throw unlike(contender, name, response.status, text);
}

function ask(contender: Contender, { path, ...request }: Request): Promise<Response> {
  return fetch(contender.url + path, request);
}

function unlike({ name }: Contender, what: string, status: number, text: string): Error {
  return new Error(`${name} answers ${what} with ${status} ${text}`);
}

/** Servers write instants with more or fewer digits. */
function instantsAlike(_key: string, value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
    ? new Date(value).toISOString()
    : value;
}
