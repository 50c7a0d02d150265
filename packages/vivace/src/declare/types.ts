import type { Class, TextFormat } from './class';
import { carry } from './declarations';
import type { TokenFacts } from './facts';

/** A whole number between -(2^53 - 1) and 2^53 - 1. */
export type int = number & Tagged<'int'>;
export const int = token<int>('int');
/** A UUID as text. */
export type uuid = string & Tagged<'uuid'>;
export const uuid = token<uuid>('uuid');
/** An e-mail address. */
export type email = string & Tagged<'email'>;
export const email = token<email>('email');
/** An absolute address with a scheme. */
export type url = string & Tagged<'url'>;
export const url = token<url>('url');
/** An IPv4 or IPv6 address. */
export type ip = string & Tagged<'ip'>;
export const ip = token<ip>('ip');
/** A decimal number as text, so that no digit is lost. */
export type decimal = string & Tagged<'decimal'>;
export const decimal = token<decimal>('decimal');
/** A calendar date, `2026-11-22`. */
export type date = string & Tagged<'date'>;
export const date = token<date>('date');
/** A date and time as it was sent, with or without offset; for an instant use `Date`. */
export type datetime = string & Tagged<'date-time'>;
export const datetime = token<datetime>('date-time');
/** A time of day, `09:30:00`. */
export type time = string & Tagged<'time'>;
export const time = token<time>('time');
/** A length of time, `PT1H30M`. */
export type duration = string & Tagged<'duration'>;
export const duration = token<duration>('duration');
/** Binary data. */
export type bytes = Uint8Array;
export const bytes = token<bytes>('bytes');
/** Any value: documented as `{}`. */
export const unknown = token<unknown>('unknown');

/**
 * The type that is one of these: literals, members of an enum, or other types.
 *
 * @example
 * Query(oneOf('asc', 'desc'), { default: 'asc' })
 */
export function oneOf<const C extends readonly Choice[]>(
  ...choices: C
): TypeToken<Chosen<C[number]>> {
  return carry({}, { kind: 'token', token: 'oneOf', choices: Object.freeze(choices) }) as TypeToken<
    Chosen<C[number]>
  >;
}

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

function token<T>(name: TokenFacts['token']): TypeToken<T> {
  return carry({}, { kind: 'token', token: name }) as TypeToken<T>;
}
