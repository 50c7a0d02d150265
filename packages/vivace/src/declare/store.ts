/** Where sessions, rate limits and caches keep their data. Each call does its work as a whole: of two at once one comes first. */
export interface Store {
  /**
   * Whether all processes of the application see the same data. An application of several workers
   * starts with such stores only.
   * @default `false`
   */
  readonly shared?: boolean;
  /**
   * Where limits and caches keep their data that name no store: what may be lost may be kept faster.
   * @default this store itself
   */
  readonly volatile?: Store;
  /** The value of a key; undefined: there is none. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a value, for some seconds or until it is deleted. */
  set(key: string, value: string, options?: { readonly seconds?: number }): Promise<void>;
  /** Keeps a value if the key has one; gives false, and keeps nothing, if it has none. */
  replace(key: string, value: string, options?: { readonly seconds?: number }): Promise<boolean>;
  /** Keeps a value if the key has none; gives false, and keeps nothing, if it has one. */
  setIfAbsent(
    key: string,
    value: string,
    options?: { readonly seconds?: number },
  ): Promise<boolean>;
  /** Forgets a key. */
  delete(key: string): Promise<void>;
  /**
   * Adds to a counter, which is forgotten some seconds after it began. Gives the sum and the
   * seconds that are left.
   */
  increment(
    key: string,
    by: number,
    seconds: number,
  ): Promise<{ readonly value: number; readonly seconds: number }>;
}
