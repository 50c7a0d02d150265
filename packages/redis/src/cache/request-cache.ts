import { Injectable, type Of, type Type } from 'vivace';
import { AfterCommit, shapeOf } from 'vivace/extend';
import { Cache, type CacheFor } from './cache';
import { ServerCache } from './server-cache';

/** The cache as a request sees it: with a transaction, what it forgets is forgotten for others when they see why. */
@Injectable()
export class RequestCache extends Cache {
  readonly #cache: ServerCache;
  readonly #transaction: AfterCommit | undefined;
  readonly #keys = new Set<string>();
  readonly #tags = new Set<string>();

  constructor(cache: ServerCache, transaction?: AfterCommit) {
    super();
    this.#cache = cache;
    this.#transaction = transaction;
  }

  /** What this request has forgotten it makes itself, and keeps from others: nobody else may see it yet. */
  override async of<const X extends Type>(
    type: X,
    key: string,
    options: CacheFor,
    make: () => Promise<Of<X>>,
  ): Promise<Of<X>> {
    const isForgotten =
      this.#keys.has(key) || (options.tags ?? []).some((tag) => this.#tags.has(tag));
    if (!isForgotten) return this.#cache.of(type, key, options, make);
    const made = await make();
    if (made === undefined) return made;
    const shape = shapeOf(type);
    return shape.parse(JSON.parse(shape.write(made))) as Of<X>;
  }

  override forget(...keys: readonly string[]): Promise<void> {
    return this.#forget(keys, []);
  }
  override forgetTag(tag: string): Promise<void> {
    return this.#forget([], [tag]);
  }

  async #forget(keys: readonly string[], tags: readonly string[]): Promise<void> {
    if (this.#transaction === undefined) return this.#cache.forgetAll({ keys, tags });
    if (this.#keys.size + this.#tags.size === 0)
      this.#transaction.afterCommit(() =>
        this.#cache.forgetAll({ keys: [...this.#keys], tags: [...this.#tags] }),
      );
    for (const key of keys) this.#keys.add(key);
    for (const tag of tags) this.#tags.add(tag);
  }
}
