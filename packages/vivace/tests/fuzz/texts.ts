import * as fc from 'fast-check';

/**
 * With a fixed seed in `npm test`; `npm run fuzz` sets other seeds and more runs.
 *
 * @param runs how many values are tried with the fixed seed
 */
export function fuzzed(runs: number): { readonly seed: number; readonly numRuns: number } {
  const { FUZZ_SEED = '10', FUZZ_TIMES = '1' } = process.env;
  return { seed: Number(FUZZ_SEED), numRuns: runs * Number(FUZZ_TIMES) };
}

/** What readers stumble over: ends of lines and texts, halves of characters, marks that turn the direction. */
const AWKWARD = [
  ...'\n\r\t\v\f\0\x1b\x7f\u0085\u00a0\u00ad\u0130\u200b\u200f\u2028\u2029\u202e\u2066\ufeff\ufffd\ufffe',
  '\r\n',
  '\ud800',
  '\udfff',
  '\ud83d\ude00',
  '\u0301',
  '\ud800\ud800',
  ...'%+-.,:;=&?#/\\@"\'`$<>()[]{}|^~*! _',

  '__proto__',
  'constructor',
  'toString',
  'NaN',
  'Infinity',
  'null',
  'undefined',
  '0x1',
  '1e999',
  '%00',
  '%ff',
  '%u',
  '\uff11',
];
/** Texts that readers take. */
const FITTING = [
  '12',
  '-1',
  '+1',
  '1.50',
  '1e3',
  '9007199254740993',
  'true',
  'on',
  '10:20:30',
  '3 days 04:05:06',
  'PT1H30M',
  'P1Y2M3DT4H5M6.7S',

  '2020-01-31',
  '2020-01-31T10:20:30.123+01:00',
  '2020-01-31 10:20',
  '1700000000',
  'a@b.co',
  'https://a.b:80/c?d#e',
  'http://[::1]/',

  '9c858901-8a57-4791-81fe-4c455b099bc9',
  'urn:uuid:9c858901-8a57-4791-81fe-4c455b099bc9',
  '1.2.3.4',
  '::1',
  'Zm9v',
  '1x2',
  'a-b-c.json',
  'red',
];

const piece = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.constantFrom(...FITTING),
  fc.constantFrom('0', '1', '9', 'a', 'Z', 'T', 'P', 'd', 'e'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const spoilt = fc
  .tuple(fc.constantFrom(...FITTING), fc.constantFrom(...AWKWARD), fc.nat(40))
  .map(([text, mark, at]) => text.slice(0, at) + mark + text.slice(at));

/** Texts of every kind, and such as nearly fit. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  spoilt,
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
);
/** Values that JSON may be. */
export const values: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts,
    fc.constantFrom(null, true, false, 0, -0, 1.5, 1e300, -1e-300, 2 ** 53, -(2 ** 63)),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(texts, fc.constantFrom('text', 'int', 'day')), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;
