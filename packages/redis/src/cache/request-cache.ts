import { Injectable, type Of, type Type } from 'vivace';
import { AfterCommit, shapeOf, type Shape } from 'vivace/extend';
import { Cache, type CacheFor } from './cache';
import type { MethodCache } from './method-cache';
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
    return this.#isForgotten(key, options)
      ? (this.#made(shapeOf(type), make) as Promise<Of<X>>)
      : this.#cache.of(type, key, options, make);
  }

  ofShape(
    shape: Shape,
    name: string,
    key: string,
    options: CacheFor,
    make: () => Promise<unknown>,
  ): Promise<unknown> {
    return this.#isForgotten(key, options)
      ? this.#made(shape, make)
      : this.#cache.ofShape(shape, name, key, options, make);
  }

  #isForgotten(key: string, { tags = [] }: CacheFor): boolean {
    const forgotten = this.#forgotten;
    if (forgotten === undefined) return false;
    return forgotten.keys.has(key) || tags.some((tag) => forgotten.tags.has(tag));
  }

  /** What this request has forgotten it makes itself, and keeps from others: nobody else may see it yet. */
  async #made(shape: Shape, make: () => Promise<unknown>): Promise<unknown> {
    const made = await make();
    return made === undefined ? made : shape.read(shape.write(made));
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
