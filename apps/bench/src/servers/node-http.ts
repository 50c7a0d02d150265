import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { greeting, placeOrder, Session, users, type OrderBody } from '../business.js';
import { ready } from '../ready.js';

/** What is left of a framework when one writes by hand only what these routes need. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const settings = { role: 'member' };
const ORIGIN = 'http://localhost';
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

function answer(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function integer(name: string, text: string, min: number, max = Infinity): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) throw new Refused(422, name);
  return value;
}

function item(url: URL): unknown {
  const query = url.searchParams;
  const [q, active] = [query.get('q'), query.get('active') ?? 'true'];
  if (q !== null && q.length > 50) throw new Refused(422, 'q');
  if (active !== 'true' && active !== 'false') throw new Refused(422, 'active');
  return {
    id: integer('id', url.pathname.slice('/items/'.length), 1),
    limit: integer('limit', query.get('limit') ?? '20', 1, 100),
    q,
    active: active === 'true',
  };
}

function listed(url: URL): unknown {
  const limit = integer('limit', url.searchParams.get('limit') ?? '20', 1, 100);
  return users
    .slice(0, limit)
    .map(({ id, email, name, age, balance, active, role, city, tags, createdAt }) => ({
      id,
      email,
      name,
      age,
      balance,
      active,
      role,
      city,
      tags,
      createdAt,
    }));
}

function profile(request: IncomingMessage): unknown {
  const session = new Session();
  try {
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    const user =
      scheme?.toLowerCase() === 'bearer' && token !== undefined ? session.find(token) : undefined;
    if (user === undefined) throw new Refused(401, 'Not authenticated');
    if (!user.roles.includes(settings.role)) throw new Refused(403, 'Forbidden');
    const { id, email, name, roles, createdAt } = user;
    return { id, email, name, roles, createdAt };
  } finally {
    session.close();
  }
}

type Given = Readonly<Record<string, unknown>>;

function object(name: string, value: unknown): Given {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused(422, name);
  return value as Given;
}

function text(name: string, value: unknown, min: number, max: number): string {
  if (typeof value !== 'string' || value.length < min || value.length > max)
    throw new Refused(422, name);
  return value;
}

function matching(name: string, value: unknown, pattern: RegExp): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new Refused(422, name);
  return value;
}

function list(name: string, value: unknown, min: number, max: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length < min || value.length > max)
    throw new Refused(422, name);
  return value;
}

function number(name: string, value: unknown, fits: (value: number) => boolean): number {
  if (typeof value !== 'number' || !fits(value)) throw new Refused(422, name);
  return value;
}

function order(given: unknown): OrderBody {
  const body = object('body', given);
  const customer = object('customer', body['customer']);
  const address = object('address', customer['address']);
  return {
    customer: {
      name: text('name', customer['name'], 2, 100),
      email: matching('email', customer['email'], EMAIL),
      address: {
        street: text('street', address['street'], 1, 200),
        city: text('city', address['city'], 1, 100),
        country: text('country', address['country'] ?? 'US', 0, Infinity),
        zip: matching('zip', address['zip'], /^\d{5}$/),
      },
    },
    items: list('items', body['items'], 1, 50).map((each) => {
      const { sku, quantity, unitPrice } = object('items', each);
      return {
        sku: matching('sku', sku, /^[A-Z]{3}-\d{4}$/),
        quantity: number(
          'quantity',
          quantity,
          (value) => Number.isInteger(value) && value >= 1 && value <= 1000,
        ),
        unitPrice: number('unitPrice', unitPrice, (value) => value > 0),
      };
    }),
    ...(body['note'] !== undefined && { note: text('note', body['note'], 0, 500) }),
    tags: list('tags', body['tags'] ?? [], 0, 10).map((tag) => text('tags', tag, 0, Infinity)),
  };
}

function withBody(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () =>
    attempt(response, () => {
      let body: unknown;
      try {
        body = JSON.parse(Buffer.concat(chunks).toString());
      } catch {
        throw new Refused(400, 'body');
      }
      answer(response, 201, placeOrder(order(body)));
    }),
  );
}

function attempt(response: ServerResponse, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    answer(response, error.status, { detail: error.message });
  }
}

const server = createServer((request, response) =>
  attempt(response, () => {
    const url = new URL(request.url ?? '/', ORIGIN);
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /hello') return answer(response, 200, greeting);
    if (route.startsWith('GET /items/')) return answer(response, 200, item(url));
    if (route === 'GET /users') return answer(response, 200, listed(url));
    if (route === 'GET /profile') return answer(response, 200, profile(request));
    if (route === 'POST /orders') return withBody(request, response);
    throw new Refused(404, 'Not Found');
  }),
);
server.listen(Number(process.argv[2]), '127.0.0.1', () =>
  ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
