import { differences, type Rules } from './compare';

const paths = (expected: unknown, actual: unknown, rules?: Rules): string[] =>
  [...differences(expected, actual, rules)].map(({ path }) => path);

describe('differences', () => {
  it('ignores the order of keys and keeps that of arrays', () => {
    expect(paths({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toEqual([]);
    expect(paths({ b: [1, 2] }, { b: [2, 1] })).toEqual(['/b/0', '/b/1']);
  });

  it('names what is missing and what is too much', () => {
    expect([...differences({ a: 1, list: [1] }, { b: 2, list: [1, 2] })]).toEqual([
      { path: '/a', expected: 1, actual: '(absent)' },
      { path: '/list/1', expected: '(absent)', actual: 2 },
      { path: '/b', expected: '(absent)', actual: 2 },
    ]);
  });

  it('tells null, false, 0 and an empty text apart', () => {
    expect(paths([null, false, 0, ''], [false, 0, '', null])).toHaveLength(4);
    expect(paths({ a: null }, {})).toEqual(['/a']);
  });

  it('does not tell 0 from -0, nor 1.0 from 1', () => {
    expect(paths(JSON.parse('[0, 1.0]'), [-0, 1])).toEqual([]);
  });

  it('takes any text that is not empty for left-out prose', () => {
    expect(paths({ text: '…' }, { text: 'words of our own' })).toEqual([]);
    expect(paths({ text: '…' }, { text: '' })).toEqual(['/text']);
    expect(paths({ text: '…' }, { text: 3 })).toEqual(['/text']);
    expect(paths({ text: '…' }, {})).toEqual(['/text']);
  });

  it('compares unordered arrays as multisets', () => {
    const rules = { unordered: ['/tags'] };
    expect(paths({ tags: ['a', 'b', 'a'] }, { tags: ['b', 'a', 'a'] }, rules)).toEqual([]);
    expect(paths({ tags: ['a', 'b', 'a'] }, { tags: ['b', 'b', 'a'] }, rules)).toEqual([
      '/tags/2',
      '/tags/*',
    ]);
  });

  it('skips volatile places, also when they are absent', () => {
    expect(paths({ id: 'x', name: 'y' }, { name: 'y' }, { volatile: ['/id'] })).toEqual([]);
    expect(paths({ id: 'x', name: 'y' }, { id: 'z', name: 'z' }, { volatile: ['/id'] })).toEqual([
      '/name',
    ]);
  });
});
