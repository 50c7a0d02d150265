import { predicates } from './predicates';
import { rule, type Problem, type Rules } from './rule';
import { plural, valueError } from './words';

const { contains, isByteLength, notContains } = predicates;

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
const range = ([min = 0, max = Infinity]: readonly [min?: number, max?: number]): [
  number,
  number,
] => [min, max];
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
  minLength: rule<[min: number]>({
    for: ['string'],
    option: 'minLength',
    test: (value, [min]) => isWithin(value, min, Infinity),
    // Only a text near the limit has to be counted.
    emit: (value, [min], constant) =>
      `${value}.length >= ${Number(min)} && (${value}.length >= ${3 * Number(min)} || ${constant(textLength)}(${value}) >= ${Number(min)})`,
    document: ([min]) => ({ minLength: min }),
    explain: ([min]) => short(min),
  }),
  maxLength: rule<[max: number]>({
    for: ['string'],
    option: 'maxLength',
    test: (value, [max]) => isWithin(value, 0, max),
    emit: (value, [max], constant) =>
      `${value}.length <= ${Number(max)} || ${constant(textLength)}(${value}) <= ${Number(max)}`,
    document: ([max]) => ({ maxLength: max }),
    explain: ([max]) => long(max),
  }),
  isLength: rule<[min?: number, max?: number]>({
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
  }),
  pattern: rule<[pattern: RegExp]>({
    for: ['string'],
    option: 'pattern',
    args: ({ pattern }) => pattern && [stateless(pattern)],
    test: (value, [pattern]) => typeof value === 'string' && pattern.test(value),
    emit: (value, [pattern], constant) => `${constant(pattern)}.test(${value})`,
    document: ([pattern]) => (/^u?$/.test(pattern.flags) ? { pattern: pattern.source } : {}),
    explain: ([pattern]) => {
      const { source } = pattern;
      return {
        type: 'string_pattern_mismatch',
        msg: `String should match pattern '${source}'`,
        ctx: { pattern: source },
      };
    },
  }),
  contains: rule<[part: string]>({
    for: ['string'],
    test: (value, [part]) => contains(value, part),
    document: ([part]) => ({ pattern: escaped(String(part)) }),
    explain: ([part]) => valueError(`the text should contain '${String(part)}'`),
  }),
  notContains: rule<[part: string]>({
    for: ['string'],
    test: (value, [part]) => notContains(value, part),
    document: ([part]) => ({ not: { pattern: escaped(String(part)) } }),
    explain: ([part]) => valueError(`the text should not contain '${String(part)}'`),
  }),
  isByteLength: rule<[min: number, max?: number]>({
    for: ['string'],
    // A lone surrogate has no bytes.
    test: (value, [min, max]) =>
      typeof value === 'string' && !/\p{Surrogate}/u.test(value) && isByteLength(value, min, max),
    explain: (args, value) => {
      const [min, max] = range(args);
      const tooLong = typeof value === 'string' && Buffer.byteLength(value) > max;
      return tooLong
        ? data('bytes_too_long', 'most', max, 'max_length')
        : data('bytes_too_short', 'least', min, 'min_length');
    },
  }),
  'bytes.minLength': rule<[min: number], Uint8Array>({
    for: ['bytes'],
    option: 'minLength',
    test: (value, [min]) => value.byteLength >= min,
    explain: ([min]) => data('bytes_too_short', 'least', min, 'min_length'),
  }),
  'bytes.maxLength': rule<[max: number], Uint8Array>({
    for: ['bytes'],
    option: 'maxLength',
    test: (value, [max]) => value.byteLength <= max,
    explain: ([max]) => data('bytes_too_long', 'most', max, 'max_length'),
  }),
} satisfies Rules;
