import { constrain } from './constraints';
import type { Schema } from './schema';
import { unionOf } from './union';

const TEXT: Schema = { kind: 'string' };
const matching = (pattern: RegExp) => constrain(TEXT, { pattern }, {});

test('a member that is there twice counts once', () => {
  expect(unionOf([TEXT, { kind: 'string' }])).toEqual(TEXT);
  expect(unionOf([matching(/^a/), matching(/^a/)])).toEqual(matching(/^a/));
});

test('texts of two patterns are two members', () => {
  const members = [matching(/^a/), matching(/^b/)];
  expect(unionOf(members)).toEqual({ kind: 'union', members });
});

test('literals become one member', () => {
  const literal = (value: string | bigint): Schema => ({ kind: 'literal', values: [value] });
  expect(unionOf([literal('a'), TEXT, literal(2n)])).toEqual({
    kind: 'union',
    members: [{ kind: 'literal', values: ['a', 2n] }, TEXT],
  });
});
