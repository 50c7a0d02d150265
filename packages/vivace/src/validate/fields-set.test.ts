import { markSent, markSentBits, sentFields } from './fields-set';

describe('the mark of what was sent', () => {
  it('is read back and can be renewed', () => {
    const object = {};
    expect(sentFields(object)).toBeUndefined();
    markSent(object, ['a', 'b']);
    expect(sentFields(object)).toEqual(['a', 'b']);
    markSentBits(object, ['a', 'b', 'c'], 0b101);
    expect(sentFields(object)).toEqual(['a', 'c']);
  });

  it('is not seen by anybody else', () => {
    const object = { a: 1 };
    markSent(object, ['a']);
    expect(Reflect.ownKeys(object)).toEqual(['a']);
    expect(sentFields({ ...object })).toBeUndefined();
    expect(sentFields(Object.create(object) as object)).toBeUndefined();
  });
});
