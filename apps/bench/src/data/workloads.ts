import type autocannon from 'autocannon';
import type { BenchDatabase } from './database.js';

/** Connections of the load generator. */
export const CONNECTIONS = 32;

export interface DataWorkload {
  readonly name: string;
  readonly prepare?: (database: BenchDatabase) => Promise<void>;
  /** The requests of one connection, sent one after another and then from the beginning. */
  readonly requests: (connection: number) => autocannon.Request[];
}

export const dataWorkloads: readonly DataWorkload[] = [
  {
    name: 'user',
    requests: (connection) =>
      several((index) => ({ path: `/users/${1 + ((connection * 311 + index * 37) % 10_000)}` })),
  },
  {
    name: 'list',
    requests: (connection) =>
      several((index) => ({
        path: `/posts?page=${1 + ((connection + index) % 20)}&limit=20&sort=-created&status=review`,
      })),
  },
  {
    name: 'create',
    requests: (connection) =>
      several((index) =>
        sending('POST', '/posts', {
          authorId: 1 + ((connection * 311 + index) % 10_000),
          title: 'A new post',
          body: 'A sentence of the text. '.repeat(20),
          summary: 'In short',
          tags: [{ name: 'music', weight: 3 }, { name: 'code' }],
        }),
      ),
  },
  {
    name: 'patch',
    prepare: (database) => database.restore(),
    // Posts that the check of the answers does not look at.
    requests: (connection) => [changing(50_001 + connection)],
  },
  {
    name: 'full',
    requests: (connection) =>
      several((index) => ({
        path: `/posts/${10 * (1 + ((connection * 311 + index * 37) % 10_000))}/full`,
      })),
  },
  {
    name: 'transfer',
    prepare: (database) => database.restore(),
    requests: (connection) =>
      several((index) =>
        sending('POST', '/transfer', {
          fromId: 1 + connection * 20 + (index % 20),
          toId: 1 + connection * 20 + ((index + 1) % 20),
          amount: 1,
        }),
      ),
  },
];

function several(request: (index: number) => autocannon.Request): autocannon.Request[] {
  return Array.from({ length: 20 }, (_none, index) => request(index));
}

function sending(method: 'POST' | 'PATCH', path: string, body: object): autocannon.Request {
  return {
    method,
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** A post that only this connection changes, always with the version of the last answer. */
function changing(id: number): autocannon.Request {
  let version = 1;
  return {
    ...sending('PATCH', `/posts/${id}`, {}),
    setupRequest: (request) => ({
      ...request,
      body: JSON.stringify({ version, title: 'A better title', summary: null }),
    }),
    onResponse: (status, body) => {
      if (status === 200) version = (JSON.parse(body) as { version: number }).version;
    },
  };
}
