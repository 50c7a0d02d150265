import type { Class } from './class';

/** Never there: it only carries the type. */
export declare const gives: unique symbol;

/**
 * Something that can be injected and gives a `T`: made by `dependency`, an input, or a security
 * scheme.
 */
export interface Dependency<out T> {
  readonly [gives]: T;
}
/** The type of what a dependency, a security scheme or a class gives. */
export type Provided<D> = D extends Dependency<infer T> ? T : D extends Class<infer T> ? T : never;

/** What can be injected: a dependency, an input, a security scheme, or a class. */
export type Needs<T = unknown> = Dependency<T> | Class<T>;

/**
 * What may stand for a class: another class, a dependency, or a function that gives an instance.
 */
export type Substitute<T> =
  | Class<T>
  | Dependency<T>
  | (() => T | Promise<T> | Generator<T, unknown, unknown> | AsyncGenerator<T, unknown, unknown>);
