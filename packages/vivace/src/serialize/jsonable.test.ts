import { Secret } from '../declare/secret';
import { jsonable, jsonText } from './jsonable';

describe('values without a response model', () => {
  it.each<[unknown, string]>([
    [{ a: [1, 'x', null, undefined, true], b: undefined }, '{"a":[1,"x",null,null,true]}'],
    [new Date('2026-01-02T03:04:05Z'), '"2026-01-02T03:04:05+00:00"'],
    [{ at: new Date('2026-01-02T03:04:05.006Z') }, '{"at":"2026-01-02T03:04:05.006000+00:00"}'],
    [new Map<unknown, unknown>([['a', new Set([1])]]), '{"a":[1]}'],
    [{ big: 12345678901234567890n }, '{"big":12345678901234567890}'],
    [{ secret: new Secret('x') }, '{"secret":"**********"}'],
    [{ url: new URL('http://a.b/') }, '{"url":"http://a.b/"}'],
    [Buffer.from('é'), '"w6k="'],
    [null, 'null'],
  ])('%p is %s', (value, text) => {
    expect(jsonText(value)).toBe(text);
  });

  it.each([[Number.NaN], [[Infinity]], [{ deep: { n: -Infinity } }], [{ call: () => 1 }]])(
    '%p has no form in JSON',
    (value) => {
      expect(() => jsonText(value)).toThrow('has no form in JSON');
    },
  );

  it('may not contain themselves, though they may occur twice', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(() => jsonText(loop)).toThrow('contains itself');
    const shared = { at: new Date(0) };
    expect(jsonText([shared, shared])).toBe(
      '[{"at":"1970-01-01T00:00:00+00:00"},{"at":"1970-01-01T00:00:00+00:00"}]',
    );
  });

  it('can leave out names at the top and nulls everywhere', () => {
    const value = { a: 1, b: null, c: { a: 2, b: null } };
    expect(jsonable(value, { exclude: ['a'], excludeNone: true })).toEqual({ c: { a: 2 } });
    expect(jsonable([value], { include: ['c'] })).toEqual([{ c: { a: 2, b: null } }]);
  });
});
