import type { FastifyRequest } from 'fastify';
import type { DocumentView } from '../declare/openapi';
import { HTTPException } from '../errors/http-exception';
import { hostName } from '../model/host';
import type { Operation } from '../model/model';

/** What a request for the document asks to see: the host it came to, and a version if it names one. */
export function viewOf(request: FastifyRequest): DocumentView {
  const { host } = request.headers;
  const version = versionOf(request);
  return { ...(host !== undefined && { host }), ...(version !== undefined && { version }) };
}

/**
 * A program names a host to see what that one has of its own; requests come to any.
 *
 * @throws HTTPException 404 where no operation is for it
 */
export function refuseUnknownHost(
  operations: readonly Pick<Operation, 'host'>[],
  { host }: DocumentView = {},
): void {
  if (host === undefined) return;
  const hosts = operations.flatMap((operation) => operation.host ?? []);
  if (hosts.some((pattern) => pattern.test(host))) return;
  const names = [...new Set(hosts.map(hostName))].join(', ');
  throw new HTTPException(404, `No operation is for this host; there are ${names || 'none'}`);
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
