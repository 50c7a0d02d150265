/** OWASP's least: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Of no password: compared with where there is nothing to compare with, so that the answer takes as long. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdC4uLg$bm9ib2R5IGhhcyB0aGlzIHBhc3N3b3JkLCBub3QgZXY';

/**
 * Hashes a password by argon2id, with a salt of its own and on another thread.
 *
 * @example
 * const user = { name, hash: await hashPassword(password) };
 */
export function hashPassword(password: string): Promise<string> {
  return argon2().hash(password, COST);
}

/**
 * Tells whether a password fits a hash.
 *
 * @param hash the hash of the user; without one (there is no such user) it takes as long and gives false
 * @example
 * if (!(await verifyPassword(form.password, user?.hash))) throw new HTTPException(401, 'Incorrect username or password');
 */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const known = hash !== undefined && isArgon2(hash);
  const fits = await argon2().verify(known ? hash : NOBODY, password);
  return known && fits;
}

function isArgon2(hash: string): boolean {
  try {
    argon2().parseOptions(hash);
    return true;
  } catch {
    return false;
  }
}

/** Loaded when it is needed: a native module that few programs use. */
function argon2(): typeof import('@node-rs/argon2') {
  return require('@node-rs/argon2') as typeof import('@node-rs/argon2');
}
