import { attach, attachedTo, checkRoundTrip, describeMethod, type Shape } from 'vivace/extend';
import { RedisBootError } from '../boot-error';
import type { CacheFor } from './cache';
import { MethodCache } from './method-cache';

/** What `@Cached` may say. */
export interface CachedOptions<A extends unknown[], T> extends CacheFor {
  /** The key, of the arguments of the method. */
  readonly key: (...given: A) => string;
  /** What else its result depends on, of the request: it becomes part of the key. */
  readonly vary?: (service: T) => string;
}

/**
 * Keeps what a method of an injectable gives, as `cache.of` does; the type is the one that it returns.
 * Where the class knows who asks, `vary` has to name the user.
 *
 * @param options.key of the arguments
 * @throws RedisBootError at boot: on a method that answers requests, on one whose type is not known, and
 *   without `vary` where what a request brings is injected
 * @example
 * \@Cached({ seconds: 30, key: (product: int) => `price:${product}` })
 * async of(product: int): Promise<Price> { … }
 */
export function Cached<A extends unknown[], T extends object = object>(
  options: CachedOptions<A, T>,
): <R>(
  target: T,
  name: string,
  method: TypedPropertyDescriptor<(...given: A) => Promise<R>>,
) => void {
  return (target, name, method) => {
    const make = method.value!;
    let known: Shape | undefined;
    const shape = (): Shape => (known ??= shapeOfResult(target, name));
    attach(target, MethodCache, ({ readsRequest }) => {
      checkRoundTrip(shape());
      if (readsRequest !== undefined && options.vary === undefined)
        throw unnamed(target, name, readsRequest);
    });
    method.value = function (this: T, ...given: A) {
      const cache = attachedTo(this, MethodCache);
      // Made by the program itself, with `new`: there is no cache.
      if (cache === undefined) return make.apply(this, given);
      const { key, vary, ...keeping } = options;
      const whole = vary === undefined ? key(...given) : `${userPart(vary(this))}:${key(...given)}`;
      const type = `${target.constructor.name}.${name}`;
      return cache.ofShape(shape(), type, whole, keeping, () =>
        make.apply(this, given),
      ) as ReturnType<typeof make>;
    };
  };
}

/** Ends where the key begins: nobody gets what is kept for another user by a colon in a name. */
function userPart(text: string): string {
  return text.replaceAll('%', '%25').replaceAll(':', '%3A');
}

function shapeOfResult(target: object, name: string): Shape {
  const { result, isOperation, where } = describeMethod(target, name);
  if (isOperation)
    throw new RedisBootError(
      'CACHED_ROUTE',
      where,
      'It answers requests, and what it gives would be kept without its status and headers, whoever asks.',
      'middleware: [cache({ seconds: 30 })] of vivace/middleware; or @Cached on the method of an injectable that this one calls',
    );
  if (result !== null) return result;
  throw new RedisBootError(
    'CACHED_TYPE',
    where,
    'The type that it gives is not known, so nobody can tell how it is kept.',
    `the type that it gives: async ${name}(…): Promise<Price>`,
  );
}

function unnamed(target: object, name: string, readsRequest: string): RedisBootError {
  return new RedisBootError(
    'CACHED_USER',
    describeMethod(target, name).where,
    `The class needs ${readsRequest}, so what the method gives may be of one user, and others would get it.`,
    `vary: (service) => service.user.id, which becomes part of the key`,
  );
}
