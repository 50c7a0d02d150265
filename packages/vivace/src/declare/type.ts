import type { Class, TextFormat } from './class';
import type { StandardInput, StandardOutput, StandardSchema } from './standard-schema';

/** A value that stands for a TypeScript type: a class, one of the names above, `oneOf(…)`, `listOf(T)`, `pageOf(T)`, a schema of another library, or `[T]` for a list. */
export type Type =
  | NumberConstructor
  | StringConstructor
  | BooleanConstructor
  | BigIntConstructor
  | DateConstructor
  | TypeToken<unknown>
  | Class<unknown>
  | StandardSchema
  | readonly [Type];

/** The TypeScript type that such a value stands for. */
export type Of<X> = X extends StandardSchema
  ? StandardOutput<X>
  : X extends NumberConstructor
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

/** The TypeScript type that is given where such a value says what is sent: of a schema, what goes into it. */
export type Given<X> = X extends StandardSchema
  ? StandardInput<X>
  : X extends readonly [infer E]
    ? Given<E>[]
    : Of<X>;

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
