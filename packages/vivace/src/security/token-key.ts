import type { KeyObject } from 'node:crypto';
import { tooShortToSign } from '../declare/weak-secret';

/** An algorithm that signs with a private key and verifies with a public one. */
export type Algorithm =
  'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512' | 'EdDSA';

const RSA: readonly Algorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const CURVES: Readonly<Record<string, Algorithm | undefined>> = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
};

/** PEM, OpenSSH and JWK: a public key that served as a secret would let everybody sign. */
const ASYMMETRIC = /-----BEGIN |^\s*(?:ssh|ecdsa)-|"kty"/;

/** A secret as the key of an HMAC; throws TypeError where it could be guessed or is no secret. */
export function hmacKey(secret: string): Uint8Array {
  if (ASYMMETRIC.test(secret)) {
    throw new TypeError(
      'The key of a token is a text, which is a secret, but this one is a key of a pair. Write createPublicKey(text) to verify, or createPrivateKey(text) to sign.',
    );
  }
  const reason = tooShortToSign(secret);
  if (reason !== undefined) {
    throw new TypeError(
      `The key of a token ${reason}. Make one: node -p "require('crypto').randomBytes(32).toString('hex')"`,
    );
  }
  return Buffer.from(secret);
}

/** Throws TypeError unless the key is of this type and each algorithm is one of its own. */
export function checkPair(
  key: KeyObject,
  type: 'public' | 'private',
  algorithms: readonly Algorithm[],
): void {
  if (key.type !== type)
    throw new TypeError(`The key of a token is a ${key.type} key where a ${type} one belongs.`);
  const own = algorithmsOf(key);
  const wrong = algorithms.find((algorithm) => !own.includes(algorithm));
  if (algorithms.length === 0 || wrong !== undefined) {
    throw new TypeError(
      `${wrong ?? 'No algorithm'} does not fit a key of type ${key.asymmetricKeyType}: write ${own.join(' or ') || 'another key'}.`,
    );
  }
}

function algorithmsOf({
  asymmetricKeyType,
  asymmetricKeyDetails,
}: KeyObject): readonly Algorithm[] {
  if (asymmetricKeyType === 'rsa') return RSA;
  if (asymmetricKeyType === 'ed25519') return ['EdDSA'];
  const curve =
    asymmetricKeyType === 'ec' ? CURVES[asymmetricKeyDetails?.namedCurve ?? ''] : undefined;
  return curve === undefined ? [] : [curve];
}
