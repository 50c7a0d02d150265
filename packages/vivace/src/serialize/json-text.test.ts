import { assert, date as anyDate, integer, oneof, property, string } from 'fast-check';
import { instantText } from './instant-text';
import { escaped } from './json-text';

/** The engine's own text, with six digits of a fraction or none. */
const expected = (date: Date): string =>
  date
    .toISOString()
    .replace('.000Z', 'Z')
    .replace(/\.(\d{3})Z/, '.$1000Z');

test('Instants are written as the engine writes them, with six digits of a fraction or none', () => {
  assert(
    property(anyDate({ noInvalidDate: true }), (date) => {
      expect(instantText(date)).toBe(expected(date));
      expect(instantText(date, '+00:00')).toBe(expected(date).replace('Z', '+00:00'));
    }),
    { numRuns: 2000 },
  );
});

test('Every day of eight hundred years has its month and day, and so have the ends of what a Date can hold', () => {
  const day = 86_400_000;
  const days = Array.from({ length: 292_200 }, (_, index) => new Date((index - 146_100) * day));
  const ends = [-8.64e15, -62_167_219_200_000, 253_402_300_799_999, 253_402_300_800_000, 8.64e15];
  const differing = [...days, ...ends.map((time) => new Date(time))].filter(
    (date) => instantText(date) !== expected(date),
  );
  expect(differing).toEqual([]);
});

test('Texts are escaped as the engine escapes them', () => {
  const unit = integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  assert(
    property(oneof(string({ unit: 'binary' }), string({ unit })), (text) => {
      expect(`"${escaped(text)}"`).toBe(JSON.stringify(text));
    }),
    { numRuns: 2000 },
  );
});
