import { createHash, randomBytes } from 'node:crypto';
import { checkNumbers } from '../declare/numbers';
import type { Store } from '../declare/store';
import type { Claims } from './claims';

/** Where logins are kept, and for how long. */
export interface RefreshTokensOptions {
  /** Where logins are kept; all processes of the application share it. */
  readonly store: Store;
  /**
   * Seconds without use after which a login ends.
   * @default 30 days
   */
  readonly seconds?: number;
}
/** What a refresh token is exchanged for. */
export interface Renewed {
  /** The claims of the login. */
  readonly claims: Claims;
  /** The refresh token that counts from now on. */
  readonly token: string;
}

const MONTH = 30 * 24 * 60 * 60;
const FORM = /^([\w-]{22})\.([\w-]{43})$/;

/**
 * Logins that last longer than their access tokens. Each refresh token counts once and is exchanged for
 * the next one. If a token comes a second time, it or the next one was stolen: then the whole login ends.
 *
 * @example
 * const logins = new RefreshTokens({ store: memoryStore() });
 * const refresh_token = await logins.issue({ sub: user.id });
 * const renewed = await logins.exchange(form.refresh_token);
 * if (renewed === undefined) throw new HTTPException(401, 'Log in again');
 */
export class RefreshTokens {
  readonly #store: Store;
  readonly #seconds: number;

  constructor({ store, seconds = MONTH }: RefreshTokensOptions) {
    checkNumbers(RefreshTokens, { seconds });
    this.#store = store;
    this.#seconds = seconds;
  }

  /** Begins a login: gives its first refresh token. */
  async issue(claims: Claims): Promise<string> {
    const login = randomBytes(16).toString('base64url');
    const { token, text } = this.#next(login, claims);
    await this.#store.set(`login:${login}`, text, { seconds: this.#seconds });
    return token;
  }

  /** Gives the claims and the next token; undefined if the token is unknown, has ended, or came before. */
  async exchange(token: string): Promise<Renewed | undefined> {
    const [, login, secret] = FORM.exec(token) ?? [];
    if (login === undefined || secret === undefined) return undefined;
    const kept = await this.#store.get(`login:${login}`);
    if (kept === undefined) return undefined;
    const { claims, current } = JSON.parse(kept) as Login;
    // Noted in the store, so that of two at once only one gets through.
    const seconds = this.#seconds;
    const used = `login-used:${login}:${digest(secret)}`;
    if (current === digest(secret) && (await this.#store.setIfAbsent(used, '1', { seconds }))) {
      const { token: next, text } = this.#next(login, claims);
      // A login that was ended meanwhile stays ended.
      const lasts = await this.#store.replace(`login:${login}`, text, { seconds });
      return lasts ? { claims, token: next } : undefined;
    }
    await this.#end(login);
    return undefined;
  }

  /** Ends the login of a token. */
  async revoke(token: string): Promise<void> {
    const login = FORM.exec(token)?.[1];
    if (login !== undefined) await this.#end(login);
  }

  #next(login: string, claims: Claims): { readonly token: string; readonly text: string } {
    const secret = randomBytes(32).toString('base64url');
    const kept: Login = { claims, current: digest(secret) };
    return { token: `${login}.${secret}`, text: JSON.stringify(kept) };
  }

  async #end(login: string): Promise<void> {
    await this.#store.delete(`login:${login}`);
  }
}

interface Login {
  readonly claims: Claims;
  /** The digest of the secret that counts: what is kept opens nothing. */
  readonly current: string;
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
