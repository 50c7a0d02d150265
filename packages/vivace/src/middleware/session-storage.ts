import { createHash, randomBytes } from 'node:crypto';
import type { Seal } from './seal';
import type { Store } from '../stores/store';
import type { Kept, RequestSession } from './request-session';

/** Where sessions are kept between requests; what stands in the cookie is up to it. */
export interface SessionStorage {
  load(cookie: string): Promise<Kept | undefined>;
  /** Keeps the data and gives the text of the cookie. */
  save(session: RequestSession): Promise<string>;
  forget(kept: Kept): Promise<void>;
}

const now = (): number => Math.floor(Date.now() / 1000);

/** Most browsers take cookies of 4096 bytes with name and attributes. */
const COOKIE_SIZE = 3800;

/** All data in the cookie: nobody can read or change it, but an old cookie stays good until its time is over. */
export class CookieStorage implements SessionStorage {
  constructor(
    private readonly seal: Seal,
    private readonly maxAge: number,
  ) {}

  async load(cookie: string): Promise<Kept | undefined> {
    const text = this.seal.open(cookie);
    if (text === undefined) return undefined;
    const kept = JSON.parse(text) as Kept;
    return kept.time + this.maxAge > now() ? kept : undefined;
  }

  async save({ data }: RequestSession): Promise<string> {
    const cookie = this.seal.seal(JSON.stringify({ data, time: now() }));
    if (cookie.length <= COOKIE_SIZE) return cookie;
    throw new RangeError(
      `The session needs ${cookie.length} bytes, and a cookie holds ${COOKIE_SIZE}: keep less, or sessions({ store }).`,
    );
  }

  async forget(): Promise<void> {}
}

/** The data in a store, an id in the cookie: a session can be ended for good. */
export class StoreStorage implements SessionStorage {
  constructor(
    private readonly store: Store,
    private readonly seal: Seal,
    private readonly maxAge: number,
  ) {}

  async load(cookie: string): Promise<Kept | undefined> {
    const id = this.seal.open(cookie);
    const text = id === undefined ? undefined : await this.store.get(keyOf(id));
    return text === undefined ? undefined : { ...(JSON.parse(text) as Kept), id: id! };
  }

  async save({ data, kept, renewed }: RequestSession): Promise<string> {
    const id = renewed ? undefined : kept?.id;
    const current = id ?? randomBytes(24).toString('base64url');
    await this.store.set(keyOf(current), JSON.stringify({ data, time: now() }), {
      seconds: this.maxAge,
    });
    if (id === undefined && kept !== undefined) await this.forget(kept);
    return this.seal.seal(current);
  }

  async forget({ id }: Kept): Promise<void> {
    if (id !== undefined) await this.store.delete(keyOf(id));
  }
}

/** Whoever reads the store cannot make cookies of what is in it. */
function keyOf(id: string): string {
  return `session:${createHash('sha256').update(id).digest('base64url')}`;
}
