import { Pool, types, type PoolClient, type QueryResult, type QueryResultRow } from 'pg';
import type { PostChange, PostInput, Status, Transfer } from './contract.js';

// A balance stays within what a number holds.
types.setTypeParser(types.builtins.INT8, Number);

/** Rows of the API with `pg` by hand: named statements, one round trip for each, ten connections. */
export const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });

export class NotFound extends Error {}
export class Conflict extends Error {}
export class Unfit extends Error {}

const POST = `id, author_id as "authorId", title, body, summary, status, views, version, created_at as "createdAt", updated_at as "updatedAt"`;

export async function readUser(id: number): Promise<object> {
  return only(
    await pool.query({
      name: 'user',
      text: 'select id, name, email, bio, created_at as "createdAt" from users where id = $1',
      values: [id],
    }),
  );
}

export async function listPosts(
  page: number,
  limit: number,
  sort: 'created' | '-created',
  status: Status | undefined,
): Promise<object> {
  const direction = sort === 'created' ? 'asc' : 'desc';
  const where = status === undefined ? 'true' : 'p.status = $3';
  const filter = status === undefined ? [] : [status];
  const [{ rows }, { rows: counted }] = await Promise.all([
    pool.query<Listed>({
      name: `list-${direction}-${status === undefined}`,
      text: `select p.id, p.title, p.summary, p.status, p.views, p.created_at, u.id as author_id, u.name as author_name
        from posts p join users u on u.id = p.author_id where ${where} order by p.created_at ${direction}, p.id ${direction} limit $1 offset $2`,
      values: [limit, (page - 1) * limit, ...filter],
    }),
    pool.query<{ total: number }>({
      name: `count-${status === undefined}`,
      text: `select count(*)::int as total from posts p where ${where.replace('$3', '$1')}`,
      values: filter,
    }),
  ]);
  return { items: rows.map(listed), page, limit, total: counted[0]?.total };
}

interface Listed {
  readonly id: number;
  readonly title: string;
  readonly summary: string | null;
  readonly status: Status;
  readonly views: number;
  readonly created_at: Date;
  readonly author_id: number;
  readonly author_name: string;
}

function listed({ id, title, summary, status, views, created_at, author_id, author_name }: Listed) {
  const author = { id: author_id, name: author_name };
  return { id, title, summary, status, views, createdAt: created_at, author };
}

export async function createPost(input: PostInput): Promise<object> {
  const { authorId, title, body, summary = null, status = 'draft', tags = [] } = input;
  return transaction(async (client) => {
    const post = only(
      await client.query<{ id: number }>({
        name: 'create',
        text: `insert into posts (author_id, title, body, summary, status) values ($1, $2, $3, $4, $5) returning ${POST}`,
        values: [authorId, title, body, summary, status],
      }),
    );
    const weighed = tags.map(({ name, weight = 1 }) => ({ name, weight }));
    if (tags.length > 0)
      await client.query({
        name: 'tags',
        text: 'insert into tags (post_id, name, weight) select $1, * from unnest($2::text[], $3::int[])',
        values: [post.id, weighed.map(({ name }) => name), weighed.map(({ weight }) => weight)],
      });
    return { ...post, tags: weighed };
  });
}

export async function changePost(id: number, change: PostChange): Promise<object> {
  const { version, ...fields } = change;
  const names = (['title', 'body', 'summary', 'status'] as const).filter(
    (name) => fields[name] !== undefined,
  );
  const set = names.map((name, index) => `${name} = $${index + 3}, `).join('');
  const { rows } = await pool.query<object>({
    name: `change-${names.join()}`,
    text: `update posts set ${set}version = version + 1, updated_at = now() where id = $1 and version = $2 returning ${POST}`,
    values: [id, version, ...names.map((name) => fields[name])],
  });
  if (rows[0] !== undefined) return rows[0];
  only(
    await pool.query({ name: 'exists', text: 'select 1 from posts where id = $1', values: [id] }),
  );
  throw new Conflict();
}

export async function readFull(id: number): Promise<object> {
  const [post, { rows: tags }, { rows: comments }] = await Promise.all([
    pool.query<Listed & { body: string; version: number; updated_at: Date }>({
      name: 'full',
      text: `select p.id, p.title, p.summary, p.status, p.views, p.created_at, p.body, p.version, p.updated_at, u.id as author_id, u.name as author_name
        from posts p join users u on u.id = p.author_id where p.id = $1`,
      values: [id],
    }),
    pool.query({
      name: 'full-tags',
      text: 'select name, weight from tags where post_id = $1 order by id',
      values: [id],
    }),
    pool.query<{ id: number; body: string; created_at: Date; author_id: number; name: string }>({
      name: 'full-comments',
      text: `select c.id, c.body, c.created_at, c.author_id, u.name from comments c join users u on u.id = c.author_id
        where c.post_id = $1 order by c.created_at desc, c.id desc limit 20`,
      values: [id],
    }),
  ]);
  const row = only(post);
  return {
    ...listed(row),
    body: row.body,
    version: row.version,
    updatedAt: row.updated_at,
    tags,
    comments: comments.map(({ author_id, name, created_at, ...comment }) => ({
      ...comment,
      createdAt: created_at,
      author: { id: author_id, name },
    })),
  };
}

export async function transfer({ fromId, toId, amount }: Transfer): Promise<object> {
  return transaction(async (client) => {
    const { rows } = await client.query<{ id: number; balance: number }>({
      name: 'lock',
      text: 'select id, balance from accounts where id in ($1, $2) order by id for update',
      values: [fromId, toId],
    });
    const [from, to] = [fromId, toId].map((id) => rows.find((row) => row.id === id));
    if (from === undefined || to === undefined) throw new NotFound();
    if (from.balance < amount) throw new Conflict();
    await client.query({
      name: 'move',
      text: 'update accounts set balance = balance + case when id = $1 then -$3::bigint else $3::bigint end where id in ($1, $2)',
      values: [fromId, toId, amount],
    });
    return {
      from: { ...from, balance: from.balance - amount },
      to: { ...to, balance: to.balance + amount },
    };
  });
}

async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw answerOf(error);
  } finally {
    client.release();
  }
}

/** A key that is not there is a mistake of the client, and a deadlock nobody's. */
export function answerOf(error: unknown): unknown {
  const { code } = error as { code?: string };
  if (code === '23503') return new Unfit();
  return code === '40P01' ? new Conflict() : error;
}

function only<T extends QueryResultRow>({ rows }: QueryResult<T>): T {
  if (rows[0] === undefined) throw new NotFound();
  return rows[0];
}
