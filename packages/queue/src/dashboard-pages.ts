import { AsyncLocalStorage } from 'node:async_hooks';
import { HTTPException } from 'vivace';
import { acceptNewerTables } from './newer-tables';
import { SCHEMA } from './rows';

/** The pages of the dashboard, as one handler of requests. */
export interface Pages {
  (request: Request): Promise<Response>;
  close(): Promise<void>;
}

interface Build {
  readonly entry: { module: { readonly handleError?: (error: unknown) => void } };
}

/** The build of the pages, which says nothing of its type; the handler loads the same module. */
const BUILD: string = '@pg-boss/dashboard/build/server/index.js';
/** What a request to the pages failed with; they would print it themselves, past the logger. */
const failures = new AsyncLocalStorage<unknown[]>();

/** Opens the pages of pg-boss below a path, on the database at an address. */
export async function openPages(basePath: string, url: string): Promise<Pages> {
  const tables = acceptNewerTables();
  const { createDashboardHandler } = await import('@pg-boss/dashboard/handler');
  const { entry } = (await import(BUILD)) as Build;
  entry.module = { ...entry.module, handleError: (error) => failures.getStore()?.push(error) };
  const handler = createDashboardHandler({
    databases: [{ url, name: 'jobs', schema: SCHEMA }],
    basePath,
  });
  const close = async (): Promise<void> => {
    tables[Symbol.dispose]();
    await handler.close();
  };
  const answer = async (request: Request): Promise<Response> => {
    const readable = await withForm(request);
    const failed: unknown[] = [];
    const response = await failures.run(failed, () => handler(readable));
    // Who has left is no fault.
    if (response.status < 500 || failed.length === 0 || request.signal.aborted) return response;
    await response.body?.cancel();
    throw refused(failed[0], request) ?? failed[0];
  };
  return Object.assign(answer, { close });
}

/** The pages read every body as a form, and fail with any other. */
async function withForm(request: Request): Promise<Request> {
  if (request.body === null || request.method === 'OPTIONS') return request;
  const body = await request.formData().catch((error: unknown) => {
    if (error instanceof TypeError) throw new HTTPException(400, 'The body is no form');
    throw error;
  });
  const headers = new Headers(request.headers);
  for (const name of ['content-type', 'content-length']) headers.delete(name);
  const { method, url, signal } = request;
  return new Request(url, { method, headers, body, signal });
}

/** PostgreSQL says of a value that it cannot be read (its class 22): an id that is no UUID, NUL, a number too large. */
function refused(error: unknown, { url }: Request): HTTPException | undefined {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  if (typeof code !== 'string' || !/^22...$/.test(code)) return undefined;
  return new URL(url).search === ''
    ? new HTTPException(404, undefined, { cause: error })
    : new HTTPException(422, 'The query cannot be read', { cause: error });
}
