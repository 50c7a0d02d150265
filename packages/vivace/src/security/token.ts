import { randomUUID, type KeyObject } from 'node:crypto';
import { Secret } from '../declare/secret';
import type { Store } from '../declare/store';
import type { Claims } from './claims';
import { isRevoked } from './revocation';
import { checkPair, hmacKey, type Algorithm } from './token-key';

/** How long a token counts, and whom it is from and for. */
export interface SignOptions {
  /** Seconds for which the token counts. */
  readonly seconds: number;
  /** Who signs it: its `iss`. */
  readonly issuer?: string;
  /** Whom it is for: its `aud`. */
  readonly audience?: string;
}
/** What a token has to say to count. */
export interface VerifyOptions {
  /** Who has to have signed it: its `iss`. */
  readonly issuer?: string;
  /** Whom it has to be for: its `aud`. A token for an audience is refused where none is named. */
  readonly audience?: string;
  /** The store of `revokeToken`, whose tokens are refused. */
  readonly revoked?: Store;
}

/**
 * Signs a token (JWT) that ends after some seconds. Whoever has a token can read its claims.
 *
 * @param claims what the token says; a `jti`, by which it can be revoked, is added
 * @param key a secret of at least 32 bytes (HS256), or a private key with its `algorithm`
 * @param options.algorithm the algorithm of a private key
 * @throws TypeError for a weak key, one of another kind than the algorithm, and claims that are secrets
 * @example
 * const token = await signToken({ sub: user.id, scope: 'items' }, settings.jwtKey.reveal(), { seconds: 30 * 60 });
 */
export function signToken(claims: Claims, key: string, options: SignOptions): Promise<string>;
export function signToken(
  claims: Claims,
  key: KeyObject,
  options: SignOptions & { readonly algorithm: Algorithm },
): Promise<string>;
export async function signToken(
  claims: Claims,
  key: string | KeyObject,
  options: SignOptions & { readonly algorithm?: Algorithm },
): Promise<string> {
  const { seconds, issuer, audience, algorithm } = options;
  checkClaims(claims);
  if (!(seconds > 0))
    throw new TypeError(`A token has to last for a number of seconds above 0, not ${seconds}.`);
  const { SignJWT } = jose();
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, exp: now + seconds };
  const token = new SignJWT({
    jti: randomUUID(),
    ...claims,
    ...times,
    ...(issuer !== undefined && { iss: issuer }),
    ...(audience !== undefined && { aud: audience }),
  });
  if (typeof key === 'string')
    return token.setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(hmacKey(key));
  checkPair(key, 'private', algorithm === undefined ? [] : [algorithm]);
  return token.setProtectedHeader({ alg: algorithm!, typ: 'JWT' }).sign(key);
}

/**
 * Gives the claims of a token; undefined if its signature, algorithm, times, issuer or audience are
 * wrong, if it has no end or no `sub`, or if it was revoked.
 *
 * @param key the secret (HS256), a public key, or the address of a provider's key set; the latter two with the `algorithms` that count
 * @param options.algorithms the algorithms that count, with a public key or a key set
 * @throws TypeError for a weak key or one of another kind than the algorithms; an error if a key set cannot be fetched
 * @example
 * const claims = await verifyToken(token, settings.jwtKey.reveal());
 * if (claims === undefined) throw oauth2.reject('Could not validate credentials');
 */
export function verifyToken(
  token: string,
  key: string,
  options?: VerifyOptions,
): Promise<Claims | undefined>;
export function verifyToken(
  token: string,
  key: KeyObject | URL,
  options: VerifyOptions & { readonly algorithms: readonly Algorithm[] },
): Promise<Claims | undefined>;
export async function verifyToken(
  token: string,
  key: string | KeyObject | URL,
  {
    issuer,
    audience,
    revoked,
    algorithms = [],
  }: VerifyOptions & { readonly algorithms?: readonly Algorithm[] } = {},
): Promise<Claims | undefined> {
  const { errors, jwtVerify } = jose();
  const options = {
    algorithms: typeof key === 'string' ? ['HS256'] : [...algorithms],
    requiredClaims: ['sub', 'exp'],
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
  if (options.algorithms.length === 0)
    throw new TypeError(
      'Name the algorithms that count: a token must not choose how it is verified.',
    );
  const keys = keysOf(key, algorithms);
  try {
    const { payload } =
      typeof keys === 'function'
        ? await jwtVerify(token, keys, options)
        : await jwtVerify(token, keys, options);
    if (typeof payload.sub !== 'string' || !Number.isFinite(payload.exp)) return undefined;
    if (payload.aud !== undefined && audience === undefined) return undefined;
    const claims = payload as Claims;
    return revoked !== undefined && (await isRevoked(claims, revoked)) ? undefined : claims;
  } catch (error) {
    if (error instanceof errors.JOSEError && REFUSALS.has(error.code)) return undefined;
    throw error;
  }
}

/** What a client can cause; all else is a mistake of the program or a failure of the provider. */
const REFUSALS: ReadonlySet<string> = new Set([
  'ERR_JWT_EXPIRED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWT_INVALID',
  'ERR_JWS_INVALID',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JOSE_NOT_SUPPORTED',
  'ERR_JWKS_NO_MATCHING_KEY',
]);

function keysOf(key: string | KeyObject | URL, algorithms: readonly Algorithm[]) {
  if (typeof key === 'string') return hmacKey(key);
  if (key instanceof URL) return keySetAt(key);
  checkPair(key, 'public', algorithms);
  return key;
}

const keySets = new Map<string, ReturnType<ReturnType<typeof jose>['createRemoteJWKSet']>>();

/** Key sets are fetched once and again when they are old or lack a key. */
function keySetAt(url: URL) {
  const known = keySets.get(url.href) ?? jose().createRemoteJWKSet(url);
  keySets.set(url.href, known);
  return known;
}

function checkClaims(claims: Claims): void {
  const secret = Object.keys(claims).find(
    (name) => claims[name] instanceof Secret || /password|secret/i.test(name),
  );
  if (secret !== undefined)
    throw new TypeError(
      `The claim '${secret}' is a secret, but a token can be read by whoever holds it.`,
    );
}

/** Loaded when it is needed: many programs have no tokens. */
function jose(): typeof import('jose') {
  return require('jose') as typeof import('jose');
}
