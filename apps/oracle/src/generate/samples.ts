import type { Json, ScalarName } from '../description';
import { FORMATTED } from './formatted-samples';
import { digits, texts, type Samples } from './sample-lists';
import { TIMES } from './time-samples';

/** Values of each type. */
export const SAMPLES: Readonly<Record<ScalarName, Samples>> = {
  int: {
    fitting: [0, 1, -1, 7, 42, 1000000],
    near: [
      ...texts('0 12 +5 -0 5.0 5.00 1.5 1e3 x ٣ 0x1f 007 - + 1. .0 --1 1__0 _1 1_'),
      ...texts('9007199254740991 1e400 −1'),
      '',
      true,
      false,
      1.5,
      1000,
      '1 0',
    ],
    different: [...texts('1_000'), ' 3 ', '\n1', '1\t'],
  },
  number: {
    fitting: [0, 1, -1, 1.5, -0.25, 1e21, 1e-7, 0.3, 99_999_999.995, 1_000_000_001, 0.1 + 0.2],
    near: [
      ...texts('1.5 .5 5. -1e3 1E5 x . e5 0x10 1.5.5 1e 1,5 -.5e-3 + - ٣ 1e5.5 -0'),
      '',
      true,
      false,
    ],
    different: [...texts('1_000.5 1_ _1 1__0 1_.5 +1.5 01.5 00'), ' 1.5 ', '\n1'],
  },
  bigint: {
    fitting: [
      0,
      1,
      -7,
      digits('9007199254740993'),
      digits('-123456789012345678901234567890'),
      digits('100000000000000000000'),
    ],
    near: [
      ...texts('9007199254740993 -0 +12 5.0 1.5 x 123456789012345678901234567890.0 00012'),
      '',
      true,
      1.5,
    ],
    different: [...texts('1_000'), ' 8 '],
  },
  decimal: {
    fitting: [
      ...texts('1.5 0 -0.10 12345678901234567890.123456789 1e3'),
      1,
      digits('1.10'),
      digits('0.1000'),
    ],
    near: [
      ...texts('x 1. .5 +1.5 NaN Infinity -inf 1e-7 0x1 1,5 --1 1.5.5 sNaN 1E+5'),
      '',
      1.5,
      -2,
      1e21,
      true,
      digits('1e2'),
      digits('1E-2'),
    ],
    different: [
      digits('12345678901234567890.12345678901234567890'),
      ...texts('1_000.5 1__0 _1 ٣'),
      ' 1.5 ',
    ],
  },
  boolean: {
    fitting: [true, false],
    near: [
      ...texts('true True TRUE false yes no on off t f y n 1 0 2 oN ja'),
      1,
      0,
      '',
      2,
      ' true',
      0.5,
      -1,
    ],
  },
  string: {
    fitting: [...texts('a abc ä 😀 1 true null 2020-01-01'), '', ' x '],
    near: [1, 1.5, true, '\n', '\u0000'],
  },
  unknown: {
    fitting: [...texts('a'), null, 1, [1, 'x'], { a: 1 }, true],
    near: [],
  },
  ...TIMES,
  ...FORMATTED,
  Secret: {
    fitting: [...texts('secret x')],
    near: [1, '', true],
  },
};

/** Values of every kind, which fit next to nothing. */
export const ANYTHING: readonly Json[] = [
  null,
  true,
  0,
  1,
  -1,
  1.5,
  '',
  'x',
  '1',
  [],
  [1],
  ['a'],
  {},
  { a: 1 },
  [[]],
  'null',
  1e21,
];
