import { contains, isByteLength, notContains } from 'class-validator';
import type { Problem, Rules } from './rule';
import { plural, valueError } from './words';

/** Characters as class-validator counts them: surrogate pairs and presentation sequences are one. */
function textLength(text: string): number {
  let length = text.length;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0xdc00) continue;
    const before = text.charCodeAt(at - 1);
    if (
      code <= 0xdfff
        ? before >= 0xd800 && before <= 0xdbff
        : isVariation(code) && !isVariation(before)
    )
      length--;
  }
  return length;
}
const isVariation = (code: number): boolean => code === 0xfe0e || code === 0xfe0f;

const short = (min: number): Problem => ({
  type: 'string_too_short',
  msg: `String should have at least ${min} character${plural(min)}`,
  ctx: { min_length: min },
});
const long = (max: number): Problem => ({
  type: 'string_too_long',
  msg: `String should have at most ${max} character${plural(max)}`,
  ctx: { max_length: max },
});
const data = (type: string, words: string, count: number, key: string): Problem => ({
  type,
  msg: `Data should have at ${words} ${count} byte${plural(count)}`,
  ctx: { [key]: count },
});
const isWithin = (value: unknown, min: number, max: number): boolean => {
  if (typeof value !== 'string') return false;
  const length = textLength(value);
  return length >= min && length <= max;
};
const range = (args: readonly unknown[]): [number, number] => [
  (args[0] as number | undefined) ?? 0,
  (args[1] as number | undefined) ?? Infinity,
];
/** A regular expression that keeps nothing between two uses. */
export function stateless(pattern: RegExp): RegExp {
  if (!pattern.global && !pattern.sticky) return pattern;
  return new RegExp(
    pattern.sticky ? `^(?:${pattern.source})` : pattern.source,
    pattern.flags.replace(/[gy]/g, ''),
  );
}
/** The regular expressions are kept: a literal text that a pattern of JSON Schema can hold. */
export const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export const texts = {
  minLength: {
    for: ['string'],
    option: 'minLength',
    test: (value, [min]) => isWithin(value, min as number, Infinity),
    // Only a text near the limit has to be counted.
    emit: (value, [min], constant) =>
      `${value}.length >= ${Number(min)} && (${value}.length >= ${3 * Number(min)} || ${constant(textLength)}(${value}) >= ${Number(min)})`,
    document: ([min]) => ({ minLength: min }),
    explain: ([min]) => short(min as number),
  },
  maxLength: {
    for: ['string'],
    option: 'maxLength',
    test: (value, [max]) => isWithin(value, 0, max as number),
    emit: (value, [max], constant) =>
      `${value}.length <= ${Number(max)} || ${constant(textLength)}(${value}) <= ${Number(max)}`,
    document: ([max]) => ({ maxLength: max }),
    explain: ([max]) => long(max as number),
  },
  isLength: {
    for: ['string'],
    test: (value, args) => isWithin(value, ...range(args)),
    emit: (value, args, constant) => {
      const [min, max] = range(args);
      return `${value}.length >= ${3 * min} && ${value}.length <= ${max} || ${constant((text: string) => isWithin(text, min, max))}(${value})`;
    },
    document: (args) => {
      const [min, max] = range(args);
      return { ...(min > 0 && { minLength: min }), ...(max < Infinity && { maxLength: max }) };
    },
    explain: (args, value) => {
      const [min, max] = range(args);
      return typeof value === 'string' && textLength(value) > max ? long(max) : short(min);
    },
  },
  pattern: {
    for: ['string'],
    option: 'pattern',
    args: ({ pattern }) => pattern && [stateless(pattern)],
    test: (value, [pattern]) => typeof value === 'string' && (pattern as RegExp).test(value),
    emit: (value, [pattern], constant) => `${constant(pattern)}.test(${value})`,
    document: ([pattern]) =>
      /^u?$/.test((pattern as RegExp).flags) ? { pattern: (pattern as RegExp).source } : {},
    explain: ([pattern]) => {
      const { source } = pattern as RegExp;
      return {
        type: 'string_pattern_mismatch',
        msg: `String should match pattern '${source}'`,
        ctx: { pattern: source },
      };
    },
  },
  contains: {
    for: ['string'],
    test: (value, [part]) => contains(value, part as string),
    document: ([part]) => ({ pattern: escaped(String(part)) }),
    explain: ([part]) => valueError(`the text should contain '${String(part)}'`),
  },
  notContains: {
    for: ['string'],
    test: (value, [part]) => notContains(value, part as string),
    document: ([part]) => ({ not: { pattern: escaped(String(part)) } }),
    explain: ([part]) => valueError(`the text should not contain '${String(part)}'`),
  },
  isByteLength: {
    for: ['string'],
    // A lone surrogate has no bytes.
    test: (value, [min, max]) =>
      typeof value === 'string' &&
      !/\p{Surrogate}/u.test(value) &&
      isByteLength(value, min as number, max as number | undefined),
    explain: (args, value) => {
      const [min, max] = range(args);
      const tooLong = typeof value === 'string' && Buffer.byteLength(value) > max;
      return tooLong
        ? data('bytes_too_long', 'most', max, 'max_length')
        : data('bytes_too_short', 'least', min, 'min_length');
    },
  },
  'bytes.minLength': {
    for: ['bytes'],
    option: 'minLength',
    test: (value, [min]) => (value as Uint8Array).byteLength >= (min as number),
    explain: ([min]) => data('bytes_too_short', 'least', min as number, 'min_length'),
  },
  'bytes.maxLength': {
    for: ['bytes'],
    option: 'maxLength',
    test: (value, [max]) => (value as Uint8Array).byteLength <= (max as number),
    explain: ([max]) => data('bytes_too_long', 'most', max as number, 'max_length'),
  },
} satisfies Rules;
