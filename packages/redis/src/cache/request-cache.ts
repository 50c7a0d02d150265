import { Injectable, type Of, type Type } from 'vivace';
import { AfterCommit, type Shape } from 'vivace/extend';
import { Cache, type CacheFor } from './cache';
import type { MethodCache } from './method-cache';
import type { Occasion } from './making';
import { ServerCache } from './server-cache';

/** The cache as a request sees it: with a transaction, what it forgets is forgotten for others when they see why. */
@Injectable()
export class RequestCache extends Cache implements MethodCache {
  readonly #cache: ServerCache;
  readonly #transaction: AfterCommit | undefined;
  /** What it has forgotten; most requests forget nothing. */
  #forgotten: { readonly keys: Set<string>; readonly tags: Set<string> } | undefined;

  constructor(cache: ServerCache, transaction?: AfterCommit) {
    super();
    this.#cache = cache;
    this.#transaction = transaction;
  }

  override of<const X extends Type>(
    type: X,
    key: string,
    options: CacheFor,
    make: () => Promise<Of<X>>,
  ): Promise<Of<X>> {
    return this.#cache.of(type, key, options, make, this.#occasion(key, options));
  }

  ofShape(
    shape: Shape,
    name: string,
    key: string,
    options: CacheFor,
    make: () => Promise<unknown>,
  ): Promise<unknown> {
    return this.#cache.ofShape(shape, name, key, options, make, this.#occasion(key, options));
  }

  #occasion(key: string, options: CacheFor): Occasion {
    return { transaction: this.#transaction, isForgotten: this.#isForgotten(key, options) };
  }

  #isForgotten(key: string, { tags = [] }: CacheFor): boolean {
    const forgotten = this.#forgotten;
    if (forgotten === undefined) return false;
    return forgotten.keys.has(key) || tags.some((tag) => forgotten.tags.has(tag));
  }

  override forget(...keys: readonly string[]): Promise<void> {
    return this.#forget(keys, []);
  }
  override forgetTag(tag: string): Promise<void> {
    return this.#forget([], [tag]);
  }

  async #forget(keys: readonly string[], tags: readonly string[]): Promise<void> {
    if (this.#transaction?.isInTransaction() !== true) return this.#cache.forgetAll({ keys, tags });
    const forgotten = (this.#forgotten ??= { keys: new Set(), tags: new Set() });
    for (const key of keys) forgotten.keys.add(key);
    for (const tag of tags) forgotten.tags.add(tag);
    // Each by itself: a part of the transaction may be taken back, and it may be one of several.
    this.#transaction.afterCommit(async () => {
      await this.#cache.forgetAll({ keys, tags });
      for (const key of keys) forgotten.keys.delete(key);
      for (const tag of tags) forgotten.tags.delete(tag);
    });
  }
}
