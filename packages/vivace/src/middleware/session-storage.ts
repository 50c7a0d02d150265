import { createHash, randomBytes } from 'node:crypto';
import type { Seal } from './seal';
import type { Store } from '../declare/store';
import type { Kept, SessionId, RequestSession } from './request-session';

/** Where sessions are kept between requests; what stands in the cookie is up to it. */
export interface SessionStorage {
  load(cookie: string): Promise<Kept | undefined>;
  /** Keeps the data and gives the text of the cookie; undefined where the session has ended meanwhile. */
  save(session: RequestSession): Promise<string | undefined>;
  /** Ends a session for good. */
  end(kept: Kept): Promise<void>;
}

const now = (): number => Math.floor(Date.now() / 1000);

/** Most browsers take cookies of 4096 bytes with name and attributes. */
const COOKIE_SIZE = 3800;

/** All data in the cookie: nobody can read or change it, but an old cookie stays good until its time is over. */
export class CookieStorage implements SessionStorage {
  readonly #seal: Seal;
  readonly #maxAge: number;

  constructor(seal: Seal, maxAge: number) {
    this.#seal = seal;
    this.#maxAge = maxAge;
  }

  async load(cookie: string): Promise<Kept | undefined> {
    const text = this.#seal.open(cookie);
    if (text === undefined) return undefined;
    const kept = JSON.parse(text) as Kept;
    return kept.time + this.#maxAge > now() ? kept : undefined;
  }

  async save({ data }: RequestSession): Promise<string> {
    const cookie = this.#seal.seal(JSON.stringify({ data, time: now() }));
    if (cookie.length <= COOKIE_SIZE) return cookie;
    throw new RangeError(
      `The session needs ${cookie.length} bytes, and a cookie holds ${COOKIE_SIZE}: keep less, or sessions({ store }).`,
    );
  }

  async end(): Promise<void> {}
}

const DAY = 24 * 60 * 60;

/**
 * The data in a store, an id in the cookie: a session can be ended for good.
 *
 * A session that gets a new id stays the one that was begun, and ends as a whole: the mark of its end counts whatever requests that are
 * still under way may write.
 */
export class StoreStorage implements SessionStorage {
  readonly #store: Store;
  readonly #seal: Seal;
  readonly #maxAge: number;

  constructor(store: Store, seal: Seal, maxAge: number) {
    this.#store = store;
    this.#seal = seal;
    this.#maxAge = maxAge;
  }

  async load(cookie: string): Promise<Kept | undefined> {
    const [begun = '', id = ''] = this.#seal.open(cookie)?.split('.') ?? [];
    if (id === '') return undefined;
    const [text, ended] = await Promise.all([
      this.#store.get(keyOf('session', id)),
      this.#store.get(keyOf('session-ended', begun)),
    ]);
    if (text === undefined || ended !== undefined) return undefined;
    return { ...(JSON.parse(text) as Kept), place: { begun, id } };
  }

  async save({ data, kept, renewed, ended }: RequestSession): Promise<string | undefined> {
    const text = JSON.stringify({ data, time: now() });
    const old = kept?.place;
    const seconds = this.#maxAge;
    if (old !== undefined && !renewed)
      return (await this.#store.replace(keyOf('session', old.id), text, { seconds }))
        ? this.#cookieOf(old)
        : undefined;
    const place = { begun: ended ? random() : (old?.begun ?? random()), id: random() };
    await this.#store.set(keyOf('session', place.id), text, { seconds });
    if (old !== undefined) await this.#store.delete(keyOf('session', old.id));
    return this.#cookieOf(place);
  }

  async end({ place }: Kept): Promise<void> {
    if (place === undefined) return;
    // Kept for longer than a request that began before it can write something.
    const seconds = this.#maxAge + DAY;
    await this.#store.set(keyOf('session-ended', place.begun), '1', { seconds });
    await this.#store.delete(keyOf('session', place.id));
  }

  #cookieOf({ begun, id }: SessionId): string {
    return this.#seal.seal(`${begun}.${id}`);
  }
}

function random(): string {
  return randomBytes(24).toString('base64url');
}

/** Whoever reads the store cannot make cookies of what is in it. */
function keyOf(what: 'session' | 'session-ended', id: string): string {
  return `${what}:${createHash('sha256').update(id).digest('base64url')}`;
}
