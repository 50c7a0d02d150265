import type { Class } from './class';

/** Never there: it only carries the type. */
export declare const gives: unique symbol;

/** Something that gives a `T`. */
export interface Dependency<out T> {
  readonly [gives]: T;
}
/** What a dependency, a security scheme or a class gives. */
export type Provided<D> = D extends Dependency<infer T> ? T : D extends Class<infer T> ? T : never;

/** What can be injected. */
export type Needs = Dependency<unknown> | Class<unknown>;
