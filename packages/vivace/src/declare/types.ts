import type { Choice, Chosen, Of, Tagged, Type, TypeToken } from './type';
import { carry, type TokenFacts } from './value-facts';

/** A whole number between -(2^53 - 1) and 2^53 - 1. */
export type int = number & Tagged<'int'>;
export const int = token<int>('int');
/** A UUID as text. */
export type uuid = string & Tagged<'uuid'>;
export const uuid = token<uuid>('uuid');
/** An e-mail address. */
export type email = string & Tagged<'email'>;
export const email = token<email>('email');
/** An absolute address of the web: its scheme is http or https. */
export type url = string & Tagged<'url'>;
export const url = token<url>('url');
/** An absolute address of any scheme, `postgres://db.example/shop`. */
export type anyUrl = string & Tagged<'any-url'>;
export const anyUrl = token<anyUrl>('any-url');
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
  return carry({}, { kind: 'token', token: 'oneOf', choices: Object.freeze(choices) });
}

/**
 * The type of a list, where a type is named by a value: the same as `[T]`.
 *
 * @param of a class, `int`, `oneOf(…)`, …
 * @example
 * parse(listOf(oneOf('red', 'blue')), ['red'])
 */
export function listOf<const X extends Type>(of: X): TypeToken<Of<X>[]> {
  return carry({}, { kind: 'token', token: 'listOf', of });
}

function token<T>(name: TokenFacts['token']): TypeToken<T> {
  return carry({}, { kind: 'token', token: name });
}
