import type { Shape } from 'vivace/extend';
import type { CacheFor } from './cache';

/** The cache as cached methods use it: their types are known as shapes. */
export abstract class MethodCache {
  /** @param name of the type, as part of the key */
  abstract ofShape(
    shape: Shape,
    name: string,
    key: string,
    options: CacheFor,
    make: () => Promise<unknown>,
  ): Promise<unknown>;
}
