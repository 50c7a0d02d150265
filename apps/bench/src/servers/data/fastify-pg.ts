import * as queries from '../../data/queries.js';
import { serveApi } from './fastify-api.js';

await serveApi(queries, (error) => {
  if (error instanceof queries.NotFound) return 404;
  if (error instanceof queries.Conflict) return 409;
  return error instanceof queries.Unfit ? 422 : undefined;
});
