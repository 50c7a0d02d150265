/** JSON Schemas of the data-backed API, for the servers that validate and write by them. */
const id = { type: 'integer', minimum: 1, maximum: 2_147_483_647 };
const text = (minLength: number, maxLength: number) => ({ type: 'string', minLength, maxLength });
const status = { type: 'string', enum: ['draft', 'review', 'published'] };
const summary = { type: 'string', maxLength: 500, nullable: true };
const instant = { type: 'string', format: 'date-time' };

function object(properties: Readonly<Record<string, object>>, required = Object.keys(properties)) {
  return { type: 'object', properties, required };
}

const person = object({ id, name: { type: 'string' } });
const tag = object({ name: { type: 'string' }, weight: { type: 'integer' } });
const listed = {
  id,
  title: { type: 'string' },
  summary,
  status,
  views: { type: 'integer' },
  createdAt: instant,
};
const row = {
  ...listed,
  authorId: id,
  body: { type: 'string' },
  version: { type: 'integer' },
  updatedAt: instant,
};
const list = (items: object) => ({ type: 'array', items });
const account = object({ id, balance: { type: 'integer' } });

export const byId = { params: object({ id }) };
export const readUser = {
  ...byId,
  response: {
    200: object({
      id,
      name: { type: 'string' },
      email: { type: 'string' },
      bio: { type: 'string', nullable: true },
      createdAt: instant,
    }),
  },
};
export const listPosts = {
  querystring: object(
    {
      page: { type: 'integer', minimum: 1, maximum: 100_000, default: 1 },
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      sort: { type: 'string', enum: ['created', '-created'], default: '-created' },
      status,
    },
    [],
  ),
  response: {
    200: object({
      items: list(object({ ...listed, author: person })),
      page: { type: 'integer' },
      limit: { type: 'integer' },
      total: { type: 'integer' },
    }),
  },
};
export const createPost = {
  body: object(
    {
      authorId: id,
      title: text(1, 200),
      body: text(1, 10_000),
      summary,
      status,
      tags: {
        type: 'array',
        maxItems: 10,
        items: object(
          {
            name: { type: 'string', pattern: '^[a-z0-9-]{1,30}$' },
            weight: { type: 'integer', minimum: 1, maximum: 10 },
          },
          ['name'],
        ),
      },
    },
    ['authorId', 'title', 'body'],
  ),
  response: { 201: object({ ...row, tags: list(tag) }) },
};
export const changePost = {
  ...byId,
  body: object(
    {
      version: { type: 'integer', minimum: 1 },
      title: text(1, 200),
      body: text(1, 10_000),
      summary,
      status,
    },
    ['version'],
  ),
  response: { 200: object(row) },
};
export const readFull = {
  ...byId,
  response: {
    200: object({
      ...listed,
      body: { type: 'string' },
      version: { type: 'integer' },
      updatedAt: instant,
      author: person,
      tags: list(tag),
      comments: list(object({ id, body: { type: 'string' }, createdAt: instant, author: person })),
    }),
  },
};
export const transfer = {
  body: object({
    fromId: id,
    toId: id,
    amount: { type: 'integer', minimum: 1, maximum: 1_000_000 },
  }),
  response: { 200: object({ from: account, to: account }) },
};
