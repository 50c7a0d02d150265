import { isDeepStrictEqual } from 'node:util';
import type { Contender } from '../contender.js';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Each server answers the same, so that equal work is compared. */
export async function checkContract({ name, url }: Contender): Promise<void> {
  const ask = async (method: string, path: string, sent?: unknown): Promise<Answer> => {
    const response = await fetch(url + path, {
      method,
      ...(sent !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sent),
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text, instants) };
  };
  const same = (answer: Answer, status: number, body?: unknown): void => {
    if (answer.status !== status || (body !== undefined && !isDeepStrictEqual(answer.body, body)))
      throw new Error(
        `${name}: expected ${status} ${JSON.stringify(body)}\n got ${answer.status} ${JSON.stringify(answer.body)}`,
      );
  };
  const refused = (answer: Answer): void => {
    if (answer.status !== 422 && answer.status !== 400)
      throw new Error(`${name}: expected a refusal, got ${JSON.stringify(answer)}`);
  };

  same(await ask('GET', '/users/7'), 200, {
    id: 7,
    name: 'User 7',
    email: 'user7@example.com',
    bio: 'Reads a lot. '.repeat(8),
    createdAt: '2024-01-01T00:07:00.123Z',
  });
  same(await ask('GET', '/users/9999999'), 404);
  refused(await ask('GET', '/users/0'));
  refused(await ask('GET', '/users/x'));

  const list = await ask('GET', '/posts?page=2&limit=2&sort=created&status=review');
  same(list, 200, {
    items: [post(300), post(400)],
    page: 2,
    limit: 2,
    total: 1000,
  });
  same(await ask('GET', '/posts?limit=1&sort=-created&status=review'), 200, {
    items: [post(100_000)],
    page: 1,
    limit: 1,
    total: 1000,
  });
  for (const query of ['page=0', 'limit=101', 'sort=views', 'status=gone'])
    refused(await ask('GET', `/posts?${query}`));

  const sent = {
    authorId: 3,
    title: 'New',
    body: 'Text',
    tags: [{ name: 'music', weight: 3 }, { name: 'code' }],
  };
  const created = await ask('POST', '/posts', sent);
  const { id, createdAt, updatedAt } = created.body as Readonly<Record<string, unknown>>;
  const made = {
    id,
    authorId: 3,
    title: 'New',
    body: 'Text',
    summary: null,
    status: 'draft',
    views: 0,
    version: 1,
    createdAt,
    updatedAt,
    tags: [
      { name: 'music', weight: 3 },
      { name: 'code', weight: 1 },
    ],
  };
  same(created, 201, made);
  refused(await ask('POST', '/posts', { ...sent, authorId: 99_999_999 }));
  refused(await ask('POST', '/posts', { ...sent, tags: [{ name: 'No Blanks' }] }));
  refused(await ask('POST', '/posts', { ...sent, title: '' }));

  const changed = await ask('PATCH', `/posts/${String(id)}`, {
    version: 1,
    title: 'Newer',
    summary: 'Short',
  });
  const { tags: _, ...row } = made;
  const { updatedAt: renewed } = changed.body as Readonly<Record<string, unknown>>;
  const patched = { ...row, title: 'Newer', summary: 'Short', version: 2, updatedAt: renewed };
  same(changed, 200, patched);
  same(await ask('PATCH', `/posts/${String(id)}`, { version: 1, title: 'Late' }), 409);
  same(await ask('PATCH', '/posts/99999999', { version: 1 }), 404);
  refused(await ask('PATCH', `/posts/${String(id)}`, { title: 'No version' }));

  const full = await ask('GET', '/posts/10/full');
  same(full, 200, {
    ...post(10),
    body: 'A sentence of the text. '.repeat(20),
    version: 1,
    updatedAt: post(10).createdAt,
    tags: [
      { name: 'code', weight: 10 },
      { name: 'music', weight: 1 },
    ],
    comments: Array.from({ length: 20 }, (_none, index) => comment(30 - index)),
  });
  same(await ask('GET', '/posts/99999999/full'), 404);

  same(await ask('POST', '/transfer', { fromId: 1, toId: 2, amount: 5 }), 200, {
    from: { id: 1, balance: 999_999_995 },
    to: { id: 2, balance: 1_000_000_005 },
  });
  same(await ask('POST', '/transfer', { fromId: 9_999_999, toId: 2, amount: 5 }), 404);
  refused(await ask('POST', '/transfer', { fromId: 1, toId: 2, amount: 0 }));
  const moves = Array.from({ length: 60 }, (_none, index) => ({
    fromId: 3 + (index % 3),
    toId: 3 + ((index + 1) % 3),
    amount: 1,
  }));
  await Promise.all(moves.map((move) => ask('POST', '/transfer', move)));
}

/** A post of the list, as it was filled in. */
function post(id: number) {
  const author = 1 + (id % 10_000);
  return {
    id,
    title: `Post ${id}`,
    summary: id % 2 === 0 ? null : `In short: ${id}`,
    status: id % 100 === 0 ? 'review' : id % 3 === 0 ? 'draft' : 'published',
    views: id % 977,
    createdAt: new Date(Date.parse('2024-02-01T00:00:00.456Z') + id * 60_000).toISOString(),
    author: { id: author, name: `User ${author}` },
  };
}

/** A comment of the tenth post. */
function comment(id: number) {
  return {
    id,
    body: `Comment ${id}`,
    createdAt: new Date(Date.parse('2024-06-01T00:00:00.789Z') + id * 1000).toISOString(),
    author: { id: 1 + (id % 10_000), name: `User ${1 + (id % 10_000)}` },
  };
}

/** Servers write instants with more or fewer digits. */
function instants(_key: string, value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(value)
    ? new Date(value).toISOString()
    : value;
}
