import { and, asc, count, desc, eq, inArray, relations, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { bigint, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { Pool } from 'pg';
import type { PostChange, PostInput, Status, Transfer } from '../../data/contract.js';
import { serveApi, type Rows } from './fastify-api.js';

const instant = (name: string) => timestamp(name, { withTimezone: true }).notNull().defaultNow();
const users = pgTable('users', {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  name: text().notNull(),
  email: text().notNull(),
  bio: text(),
  createdAt: instant('created_at'),
});
const posts = pgTable('posts', {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  authorId: integer('author_id').notNull(),
  title: text().notNull(),
  body: text().notNull(),
  summary: text(),
  status: text().$type<Status>().notNull().default('draft'),
  views: integer().notNull().default(0),
  version: integer().notNull().default(1),
  createdAt: instant('created_at'),
  updatedAt: instant('updated_at'),
});
const tags = pgTable('tags', {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  postId: integer('post_id').notNull(),
  name: text().notNull(),
  weight: integer().notNull().default(1),
});
const comments = pgTable('comments', {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  postId: integer('post_id').notNull(),
  authorId: integer('author_id').notNull(),
  body: text().notNull(),
  createdAt: instant('created_at'),
});
const accounts = pgTable('accounts', {
  id: integer().primaryKey(),
  balance: bigint({ mode: 'number' }).notNull(),
});
const postRelations = relations(posts, ({ one, many }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id] }),
  tags: many(tags),
  comments: many(comments),
}));
const tagRelations = relations(tags, ({ one }) => ({
  post: one(posts, { fields: [tags.postId], references: [posts.id] }),
}));
const commentRelations = relations(comments, ({ one }) => ({
  post: one(posts, { fields: [comments.postId], references: [posts.id] }),
  author: one(users, { fields: [comments.authorId], references: [users.id] }),
}));
const db = drizzle({
  client: new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 }),
  schema: { users, posts, tags, comments, accounts, postRelations, tagRelations, commentRelations },
});

class NotFound extends Error {}
class Conflict extends Error {}

const rows: Rows = {
  async readUser(id: number) {
    return found(await db.query.users.findFirst({ where: eq(users.id, id) }));
  },
  async listPosts(page, limit, sort, status) {
    const where = status === undefined ? undefined : eq(posts.status, status);
    const order = sort === 'created' ? asc : desc;
    const [items, counted] = await Promise.all([
      db.query.posts.findMany({
        columns: {
          id: true,
          title: true,
          summary: true,
          status: true,
          views: true,
          createdAt: true,
        },
        with: { author: { columns: { id: true, name: true } } },
        where,
        orderBy: [order(posts.createdAt), order(posts.id)],
        limit,
        offset: (page - 1) * limit,
      }),
      db.select({ total: count() }).from(posts).where(where),
    ]);
    return { items, page, limit, total: counted[0]?.total };
  },
  createPost({ tags: given = [], ...input }: PostInput) {
    return db.transaction(async (tx) => {
      const [post] = await tx.insert(posts).values(input).returning();
      if (post === undefined) throw new NotFound();
      const made =
        given.length === 0
          ? []
          : await tx
              .insert(tags)
              .values(given.map((tag) => ({ ...tag, postId: post.id })))
              .returning({ name: tags.name, weight: tags.weight });
      return { ...post, tags: made };
    });
  },
  async changePost(id: number, { version, ...change }: PostChange) {
    const [post] = await db
      .update(posts)
      .set({ ...change, version: version + 1, updatedAt: sql`now()` })
      .where(and(eq(posts.id, id), eq(posts.version, version)))
      .returning();
    if (post !== undefined) return post;
    found(await db.query.posts.findFirst({ columns: { id: true }, where: eq(posts.id, id) }));
    throw new Conflict();
  },
  async readFull(id: number) {
    const person = { columns: { id: true, name: true } } as const;
    return found(
      await db.query.posts.findFirst({
        where: eq(posts.id, id),
        columns: { authorId: false },
        with: {
          author: person,
          tags: { columns: { name: true, weight: true }, orderBy: asc(tags.id) },
          comments: {
            columns: { id: true, body: true, createdAt: true },
            with: { author: person },
            orderBy: [desc(comments.createdAt), desc(comments.id)],
            limit: 20,
          },
        },
      }),
    );
  },
  transfer({ fromId, toId, amount }: Transfer) {
    return db.transaction(async (tx) => {
      const locked = await tx
        .select()
        .from(accounts)
        .where(inArray(accounts.id, [fromId, toId]))
        .orderBy(accounts.id)
        .for('update');
      const from = found(locked.find(({ id }) => id === fromId));
      const to = found(locked.find(({ id }) => id === toId));
      if (from.balance < amount) throw new Conflict();
      const move = sql`${accounts.balance} + case when ${accounts.id} = ${fromId} then ${-amount}::bigint else ${amount}::bigint end`;
      await tx
        .update(accounts)
        .set({ balance: move })
        .where(inArray(accounts.id, [fromId, toId]));
      return {
        from: { id: fromId, balance: from.balance - amount },
        to: { id: toId, balance: to.balance + amount },
      };
    });
  },
};

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new NotFound();
  return row;
}

await serveApi(rows, (error) => {
  if (error instanceof NotFound) return 404;
  if (error instanceof Conflict) return 409;
  const { code } = (error as { cause?: { code?: string } }).cause ?? {};
  if (code === '23503') return 422;
  return code === '40P01' ? 409 : undefined;
});
