import type { Schema } from '../schema';
import { rules } from './index';

const holds = (rule: string, value: unknown, ...args: unknown[]): boolean =>
  rules[rule]!.test(value, args);
const said = (rule: string, value: unknown, ...args: unknown[]) =>
  rules[rule]!.explain(args, value, { kind: 'string' } satisfies Schema);

describe('limits of text that stands for something', () => {
  it.each([
    ['date', '2020-01-02', '2020-01-01'],
    ['date-time', '2020-01-01T00:00:00Z', '2020-01-01T00:30:00+01:00'],
    ['date-time', '2020-01-01 00:00', '2019-12-31T23:59:59,9'],
    ['date-time', '2020-01-01T00:00:00.001', new Date('2020-01-01')],
    ['time', '10:00:00', '09:30'],
    ['time', '10:00Z', '10:30+01:00'],
    ['duration', 'PT1H30M', 'PT80M'],
    ['duration', '1 day 00:00:01', 'P1D'],
    ['duration', 'P1M', 'P4W'],
    ['duration', 'PT1S', '-PT2S'],
    [undefined, 'b', 'a'],
  ])('%s: %s comes after %s', (format, later, earlier) => {
    expect(holds('text.gt', later, earlier, format)).toBe(true);
    expect(holds('text.le', later, earlier, format)).toBe(false);
    expect(holds('text.ge', later, later, format)).toBe(true);
  });
});

describe('limits by the clock', () => {
  it.each([
    ['date', '1999-12-31', '2999-12-31'],
    ['date-time', '1999-12-31T23:59:59', '2999-01-01 00:00'],
    ['date-time', new Date(0), new Date('2999-01-01')],
  ])('%s: %s is past, %s is to come', (format, past, future) => {
    expect([holds('past', past, format), holds('future', past, format)]).toEqual([true, false]);
    expect([holds('past', future, format), holds('future', future, format)]).toEqual([false, true]);
  });

  it('today is neither over nor to come', () => {
    const today = new Date().toISOString().slice(0, 10);
    expect([holds('past', today, 'date'), holds('future', today, 'date')]).toEqual([false, false]);
  });

  it.each([
    '2020-01-01T10:00Z',
    '2020-01-01T10:00:00z',
    '2020-01-01 10:00+01:00',
    '10:00-0130',
    '10:00\u221201:00',
  ])('%s has an offset', (text) => expect(holds('offset', text, true)).toBe(true));
  it.each(['2020-01-01T10:00', '2020-01-01', '10:00:00'])('%s has none', (text) =>
    expect(holds('offset', text, false)).toBe(true),
  );
});

describe('decimals', () => {
  it('are compared and divided without rounding', () => {
    expect(holds('decimal.gt', '0.10000000000000000001', '0.1')).toBe(true);
    expect(holds('decimal.multipleOf', '0.3', 0.1)).toBe(true);
    expect(holds('decimal.multipleOf', '0.35', 0.1)).toBe(false);
    expect(said('decimal.gt', '0', '0.5')).toEqual({
      type: 'greater_than',
      msg: 'Input should be greater than 0.5',
      ctx: { gt: 0.5 },
    });
  });

  it('have so many digits, in total, after the point and before it', () => {
    expect(holds('maxDigits', '0.001', 3)).toBe(true);
    expect(holds('maxDigits', '1234', 3)).toBe(false);
    expect(holds('decimalPlaces', '1.500', 1)).toBe(true);
    expect(holds('wholeDigits', '123.4', 2)).toBe(false);
    expect(said('wholeDigits', '123.4', 2)).toEqual({
      type: 'decimal_whole_digits',
      msg: 'Decimal input should have no more than 2 digits before the decimal point',
      ctx: { whole_digits: 2 },
    });
  });
});
