/** Bytes: an HMAC with SHA-256 is only as strong as its key is long, up to its own length. */
const ENOUGH = 32;

/** Words that stand for secrets in example programs. */
const EXAMPLES =
  /^(?:(?:change[-_ ]?(?:me|it|this)|secret(?:[-_ ]?key)?|password|passw0rd|default|example|test|todo|xxx)[-_ .]?)+$|^your[-_ ].*|^my[-_ ]?secret.*/i;
/** The key of FastAPI's tutorial on tokens. */
const COPIED = '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7';

/** Why a secret must not protect anything, as the end of a sentence about it; undefined where it may. */
export function knownExample(secret: string): string | undefined {
  return EXAMPLES.test(secret.replace(/x{3,}/gi, 'xxx')) || secret === COPIED
    ? 'is an example that everybody knows'
    : undefined;
}

/** Why a secret is too short to sign with, as the end of a sentence about it. */
export function tooShortToSign(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret);
  return bytes < ENOUGH ? `has ${bytes} bytes where a key that signs needs ${ENOUGH}` : undefined;
}
