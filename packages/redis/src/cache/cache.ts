import type { Of, Type } from 'vivace';

/** How long a value is kept, and what makes it forgotten. */
export interface CacheFor {
  /** It is fresh for so many seconds, a tenth more or less. */
  readonly seconds: number;
  /** For so many seconds more it is given while one caller makes it anew. @default 0 */
  readonly stale?: number;
  /** `forgetTag` forgets all that have the tag. */
  readonly tags?: readonly string[];
}

/**
 * Values that are made once and kept for a while: one maker at a time for a key, in all processes. Where
 * Redis is away they are made each time.
 *
 * @example
 * read(id: int): Promise<Product> {
 *   return this.cache.of(Product, `product:${id}`, { seconds: 300 }, () => this.db.get(Product, { id }));
 * }
 */
export abstract class Cache {
  /**
   * A value that is kept, or made and kept. What `make` throws, or an undefined that it gives, is not kept.
   *
   * @param type what is kept, as JSON by its schema: a class, `[Class]`, `int`, `oneOf(…)`, `listOf(T)`, `pageOf(T)`. Its name is part of the
   *   key, fields that are not declared are not kept, and what is kept but no longer fits is made anew
   * @throws BootError ONE_WAY_TYPE for a type that does not come back equal from its JSON
   */
  abstract of<const X extends Type>(
    type: X,
    key: string,
    options: CacheFor,
    make: () => Promise<Of<X>>,
  ): Promise<Of<X>>;
  /**
   * Forgets what is kept under keys, whatever its type; with a session, after its commit. What is being made
   * meanwhile is given to its callers and not kept.
   */
  abstract forget(...keys: readonly string[]): Promise<void>;
  /** Forgets what has a tag, as `forget` does. */
  abstract forgetTag(tag: string): Promise<void>;
}
