import { merge } from './merge';

describe('merge', () => {
  it('joins objects and lists, and of other values the second wins', () => {
    const base = { a: { b: 1, list: [1] }, c: 'x' };
    expect(merge(base, { a: { d: 2, list: [2] }, c: ['y'] })).toEqual({
      a: { b: 1, d: 2, list: [1, 2] },
      c: ['y'],
    });
    expect(base).toEqual({ a: { b: 1, list: [1] }, c: 'x' });
  });

  it('never reads what an object inherits', () => {
    expect(merge({}, { constructor: { name: 'x' } })).toEqual({ constructor: { name: 'x' } });
  });
});
