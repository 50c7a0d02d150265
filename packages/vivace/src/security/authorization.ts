import type { CredentialSource } from '../declare/value-facts';

/** The scheme and text of an Authorization header. */
export interface HTTPCredentials {
  /** The name of the scheme, as it was sent. */
  readonly scheme: string;
  /** What stands behind it. */
  readonly credentials: string;
}

/** The whole header; undefined where it is missing or empty. */
export function authorizationOf(request: CredentialSource): string | undefined {
  return request.headers.get('authorization') || undefined;
}

/** The credentials of the header if it has both parts and, with a name given, that scheme. */
export function credentialsOf(
  request: CredentialSource,
  name?: string,
): HTTPCredentials | undefined {
  const given = partsOf(request);
  if (given === undefined || given.scheme === '' || given.credentials === '') return undefined;
  return name === undefined || given.scheme.toLowerCase() === name ? given : undefined;
}

/** The two parts of the header, of which each may be empty. */
export function partsOf(request: CredentialSource): HTTPCredentials | undefined {
  const header = authorizationOf(request);
  if (header === undefined) return undefined;
  const blank = header.indexOf(' ');
  return blank < 0
    ? { scheme: header, credentials: '' }
    : { scheme: header.slice(0, blank), credentials: header.slice(blank).trim() };
}

/** The token of `Authorization: Bearer …`. */
export function bearerOf(request: CredentialSource): string | undefined {
  return credentialsOf(request, 'bearer')?.credentials;
}
