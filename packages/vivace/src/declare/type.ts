import type { Class, TextFormat } from './class';

/** A value that stands for a TypeScript type: a class, one of the names above, `oneOf(…)`, or `[T]` for a list. */
export type Type =
  | NumberConstructor
  | StringConstructor
  | BooleanConstructor
  | BigIntConstructor
  | DateConstructor
  | TypeToken<unknown>
  | Class<unknown>
  | readonly [Type];

/** The TypeScript type that such a value stands for. */
export type Of<X> = X extends NumberConstructor
  ? number
  : X extends StringConstructor
    ? string
    : X extends BooleanConstructor
      ? boolean
      : X extends BigIntConstructor
        ? bigint
        : X extends TypeToken<infer T>
          ? T
          : X extends readonly [infer E]
            ? Of<E>[]
            : X extends Class<infer T>
              ? T
              : never;

/** A value that stands for a type that TypeScript has no class for, such as `int`. */
export interface TypeToken<T> {
  readonly [type]: T;
}

/** Tells a type such as `int` from the type that it is made of. */
export interface Tagged<Name extends 'int' | TextFormat> {
  readonly [tag]?: Name;
}

export type Choice =
  Type | string | number | boolean | null | Readonly<Record<string, string | number>>;

export type Chosen<C> = C extends Type
  ? Of<C>
  : C extends string | number | boolean | null
    ? C
    : C[keyof C];

declare const tag: unique symbol;
declare const type: unique symbol;
