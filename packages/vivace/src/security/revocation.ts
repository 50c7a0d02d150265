import type { Store } from '../declare/store';
import type { Claims } from './claims';

/**
 * Revokes a token before its end: `verifyToken` with the same store refuses it.
 *
 * @param claims the claims of the token, as `verifyToken` gave them
 * @param store where revoked tokens are kept; all processes of the application have to share it
 * @throws TypeError for claims without `jti` and `exp`, which every token of `signToken` has
 * @example
 * await revokeToken(claims, store);
 */
export async function revokeToken({ jti, exp }: Claims, store: Store): Promise<void> {
  if (typeof jti !== 'string' || typeof exp !== 'number')
    throw new TypeError('A token without `jti` and `exp` cannot be taken back.');
  const seconds = Math.ceil(exp - Date.now() / 1000);
  if (seconds > 0) await store.set(keyOf(jti), '1', { seconds });
}

/** Whether a token was revoked. */
export async function isRevoked({ jti }: Claims, store: Store): Promise<boolean> {
  return typeof jti === 'string' && (await store.get(keyOf(jti))) !== undefined;
}

function keyOf(jti: string): string {
  return `revoked:${jti}`;
}
