import type { Store } from 'vivace/middleware';

type Seconds = { readonly seconds?: number };

/**
 * What middleware of the application keeps its data in, injected for what is given a store by hand:
 * `RefreshTokens`, `revokeToken`, `verifyToken`.
 *
 * @example
 * constructor(private readonly store: SharedStore) {}
 * await revokeToken(claims, this.store);
 */
export abstract class SharedStore implements Store {
  abstract readonly shared?: boolean;
  abstract get(key: string): Promise<string | undefined>;
  abstract set(key: string, value: string, options?: Seconds): Promise<void>;
  abstract replace(key: string, value: string, options?: Seconds): Promise<boolean>;
  abstract setIfAbsent(key: string, value: string, options?: Seconds): Promise<boolean>;
  abstract delete(key: string): Promise<void>;
  abstract increment(
    key: string,
    by: number,
    seconds: number,
  ): Promise<{ readonly value: number; readonly seconds: number }>;
}
