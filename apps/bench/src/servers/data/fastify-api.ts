import Fastify from 'fastify';
import type { PostChange, PostInput, Status, Transfer } from '../../data/contract.js';
import * as schemas from '../../data/schemas.js';
import { ready } from '../../ready.js';

/** What a library of data does for the API. */
export interface Rows {
  readUser(id: number): Promise<object>;
  listPosts(
    page: number,
    limit: number,
    sort: 'created' | '-created',
    status: Status | undefined,
  ): Promise<object>;
  createPost(input: PostInput): Promise<object>;
  changePost(id: number, change: PostChange): Promise<object>;
  readFull(id: number): Promise<object>;
  transfer(move: Transfer): Promise<object>;
}

/** Serves the data-backed API with Fastify as its documentation writes it. */
export async function serveApi(
  rows: Rows,
  statusOf: (error: unknown) => number | undefined,
): Promise<void> {
  const fastify = Fastify({ ajv: { customOptions: { removeAdditional: 'all' } } });
  fastify.setErrorHandler((error: { validation?: unknown; message: string }, _request, reply) => {
    const status = error.validation === undefined ? (statusOf(error) ?? 500) : 422;
    return reply.code(status).send({ detail: error.message });
  });
  fastify.get<{ Params: { id: number } }>(
    '/users/:id',
    { schema: schemas.readUser },
    ({ params }) => rows.readUser(params.id),
  );
  fastify.get<{
    Querystring: { page: number; limit: number; sort: 'created' | '-created'; status?: Status };
  }>('/posts', { schema: schemas.listPosts }, ({ query: { page, limit, sort, status } }) =>
    rows.listPosts(page, limit, sort, status),
  );
  fastify.post<{ Body: PostInput }>('/posts', { schema: schemas.createPost }, ({ body }, reply) => {
    reply.code(201);
    return rows.createPost(body);
  });
  fastify.patch<{ Params: { id: number }; Body: PostChange }>(
    '/posts/:id',
    { schema: schemas.changePost },
    ({ params, body }) => rows.changePost(params.id, body),
  );
  fastify.get<{ Params: { id: number } }>(
    '/posts/:id/full',
    { schema: schemas.readFull },
    ({ params }) => rows.readFull(params.id),
  );
  fastify.post<{ Body: Transfer }>('/transfer', { schema: schemas.transfer }, ({ body }) =>
    rows.transfer(body),
  );
  const url = await fastify.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
  ready(url);
}
