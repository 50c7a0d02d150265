import type { CredentialSource } from '../declare/facts';

/** The scheme and text of an Authorization header. */
export interface HTTPCredentials {
  readonly scheme: string;
  readonly credentials: string;
}

/** The whole header; undefined where it is missing or empty. */
export function authorizationOf(request: CredentialSource): string | undefined {
  return request.headers.get('authorization') || undefined;
}

/** The credentials of the header if it has both parts and, with a name given, that scheme. */
export function credentialsOf(request: CredentialSource, name?: string): HTTPCredentials | undefined {
  const header = authorizationOf(request);
  const space = header?.indexOf(' ') ?? -1;
  if (header === undefined || space < 1) return undefined;
  const scheme = header.slice(0, space);
  const credentials = header.slice(space).trim();
  if (credentials === '' || (name !== undefined && scheme.toLowerCase() !== name)) return undefined;
  return { scheme, credentials };
}

/** The token of `Authorization: Bearer …`. */
export function bearerOf(request: CredentialSource): string | undefined {
  return credentialsOf(request, 'bearer')?.credentials;
}
