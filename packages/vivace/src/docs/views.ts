import type { FastifyRequest } from 'fastify';
import type { DocumentView } from '../declare/openapi';

/** What a request for the document asks to see: the host it came to, and a version if it names one. */
export function viewOf(request: FastifyRequest): DocumentView {
  const { host } = request.headers;
  const version = versionOf(request);
  return { ...(host !== undefined && { host }), ...(version !== undefined && { version }) };
}

/** The query with which a page asks for the version that it was asked for itself. */
export function queryOf(request: FastifyRequest): string {
  const version = versionOf(request);
  return version === undefined ? '' : `?version=${encodeURIComponent(version)}`;
}

/** What Swagger UI lets its reader choose from. */
export function newestFirst(
  url: string,
  versions: readonly string[],
): readonly { readonly url: string; readonly name: string }[] {
  const each = versions.toReversed().map((version) => ({
    url: `${url}?version=${encodeURIComponent(version)}`,
    name: `Version ${version}`,
  }));
  return [{ url, name: 'The newest of each' }, ...each];
}

function versionOf({ query }: FastifyRequest): string | undefined {
  const { version } = query as Readonly<Record<string, string | readonly string[] | undefined>>;
  return version === undefined ? undefined : String(version);
}
