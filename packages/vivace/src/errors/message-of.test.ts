import { messageOf } from './message-of';

const unreadable = new Proxy(
  {},
  {
    getPrototypeOf: () => {
      throw new Error('no');
    },
  },
);
const broken = Object.defineProperty(new Error('broken'), 'message', {
  get: () => {
    throw new Error('no');
  },
});

describe('what was thrown', () => {
  const said: readonly [string, unknown, string][] = [
    ['an error', new Error('no money'), 'no money'],
    ['an error whose message is no text', Object.assign(new Error('a'), { message: 42 }), '42'],
    ['a text', 'no money', 'no money'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('money'), 'Symbol(money)'],
    ['an object', { code: 1 }, '{ code: 1 }'],
    ['an object without a prototype', Object.create(null), '[Object: null prototype] {}'],
    ['an error that throws', broken, 'Something was thrown that cannot be read.'],
    ['an object that throws', unreadable, 'Something was thrown that cannot be read.'],
    ['U+0000', new Error('a\0b'), 'a\u{fffd}b'],
    ['half a character', 'a\ud800b', 'a\u{fffd}b'],
  ];
  it.each(said)('says what it is: %s', (_, thrown, text) => {
    expect(messageOf(thrown)).toBe(text);
  });

  it('is cut where it is long, and not in a character', () => {
    expect(messageOf(new Error('🎈'.repeat(10)), 3)).toBe('🎈\u{fffd}…');
  });
});
