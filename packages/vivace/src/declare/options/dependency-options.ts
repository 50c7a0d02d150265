import type { Thrown } from '../class';
import type { Occasion } from '../occasion';

/** How long a dependency lives: for one use, one request, or as long as the server. */
export type Lifetime = 'call' | 'request' | 'singleton';
/** When a generator closes: before the response is sent (`function`) or after it (`request`). */
export type ExitScopeName = 'function' | 'request';

/** How a dependency lives and ends. */
export interface DependencyOptions {
  /**
   * How long a value lives: for one use (`call`), one request, or as long as the server
   * (`singleton`).
   * @default `'request'`
   */
  readonly lifetime?: Lifetime;
  /**
   * When a generator closes: before the response is sent (`function`) or after it (`request`). A
   * `Depends` that says otherwise wins.
   * @default `'function'`
   */
  readonly scope?: 'function' | 'request';
  /**
   * `early`: it runs before the inputs are judged, in written order, though only the handler or a
   * constructor needs it. So what it throws is answered before a 422, but a request that is refused
   * opens it too.
   * @default a dependency with clean-up that only they need opens when the inputs fit
   */
  readonly opens?: 'early';
  /** Errors that it may throw; the document has them at every operation that needs it. */
  readonly throws?: readonly Thrown[];
  /**
   * Its name in errors and listings.
   * @default that of the constant or function
   */
  readonly name?: string;
  /**
   * What `vivace explain` says of it where it is opened, for packages. It needs `Occasion`, of which
   * this is one.
   */
  readonly explain?: (occasion: Occasion) => string;
}

/** How one use of a dependency differs from others. */
export interface DependsOptions {
  /**
   * `false` runs the dependency anew for this use.
   * @default `true`
   */
  readonly cache?: boolean;
  /** When a generator closes: before the response is sent (`function`) or after it (`request`). */
  readonly scope?: 'function' | 'request';
}
