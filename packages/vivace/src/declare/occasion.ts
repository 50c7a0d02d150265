import type { Class } from './class';

/**
 * What a dependency is opened for, known before the first request: injected by its type, for packages
 * whose values behave differently in a stream, a job or a request that only reads.
 *
 * @example
 * dependency({ pool, occasion: Occasion }, ({ pool, occasion }) => open(pool, occasion.readsOnly));
 */
export abstract class Occasion {
  /** `run` is a job that the program runs by itself. */
  abstract readonly kind: 'http' | 'socket' | 'entry' | 'run';
  /** Whether it is a request whose methods change nothing: GET, HEAD, QUERY. */
  abstract readonly readsOnly: boolean;
  /** Whether it may go on for long after its handler was called: a socket, or a stream. */
  abstract readonly lasts: boolean;
  /** The class and the method that are called; undefined outside of them. */
  abstract readonly handler: { readonly type: Class; readonly method: string } | undefined;
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY']);

export interface OccasionFacts {
  readonly kind: Occasion['kind'];
  readonly methods?: readonly string[];
  readonly lasts?: boolean;
  readonly handler?: Occasion['handler'];
}

export function occasionOf({ kind, methods = [], lasts, handler }: OccasionFacts): Occasion {
  const readsOnly = kind === 'http' && methods.length > 0 && methods.every((one) => SAFE.has(one));
  return Object.freeze(
    Object.assign(Object.create(Occasion.prototype) as object, {
      kind,
      readsOnly,
      lasts: lasts ?? kind === 'socket',
      handler,
    }),
  ) as Occasion;
}
