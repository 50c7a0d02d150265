import * as fc from 'fast-check';
import { RedirectResponse } from 'vivace/responses';
import { locationText } from './location';

const located = (url: string, external = false): string | null =>
  new RedirectResponse(url, { external }).headers.get('location');

describe('the address of a redirect', () => {
  it.each([
    ['/a?q=%20b#c', '/a?q=%20b#c'],
    ['/ä b', '/%C3%A4%20b'],
    ['/a\r\nx: y', '/a%0D%0Ax:%20y'],
    ['/a"<>^`{|}', '/a%22%3C%3E%5E%60%7B%7C%7D'],
    ["/:/%#?=@[]!$&'()*+,;_.-~", "/:/%#?=@[]!$&'()*+,;_.-~"],
    ['/\ud800', '/%EF%BF%BD'],
    ['/🐎', '/%F0%9F%90%8E'],
    ['https://shop.example/a b', 'https://shop.example/a%20b'],
    ['HTTP://shop.example', 'HTTP://shop.example'],
    ['items/1', 'items/1'],
    ['?page=2', '?page=2'],
    ['', ''],
  ])('%j is encoded as Starlette does: %j', (url, location) => {
    expect(located(url)).toBe(location);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '///evil.example',

    ' //evil.example',
    '\t/\\evil.example',
    '/\t/evil.example',
    '\0//evil.example',
    '/\n\\evil',

    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'myapp://callback',
    'mailto:ann@shop.example',
    'wss://shop.example',

    'http:evil.example',
    'https:/evil.example',
    'http:\\\\evil.example',
    'https:///evil.example',
  ])('%j leads elsewhere than it seems: it needs external: true', (url) => {
    expect(() => located(url)).toThrow(/external: true/);
    expect(located(url, true)).toBe(locationText(url, true));
  });

  it('stays on the host where it begins with a slash, whatever follows', () => {
    const starts = fc.constantFrom('/', '/', '/x', '/?', '/#', '/@', '/.', '/%2F', '/%5C');
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '@',
      ':',
      '?',
      '#',
      '.',
      '..',
      '\t',
      '\n',
      ' ',
      '\0',
      '%2F',
      '%5c',
      'evil.example',

      '[',
      ']',
      '&',
      ';',
      '\u2028',
      '\uff0f',
      '\ud800',
      'http:',
      'javascript:',
      '\u3002',
      '\u00ad',
    );
    const address = fc
      .tuple(fc.constantFrom('', '', ' ', '\t', '\n\0'), starts, fc.array(pieces, { maxLength: 6 }))
      .map(([before, start, rest]) => before + start + rest.join(''));
    const check = fc.property(address, (url) => {
      let location: string;
      try {
        location = located(url)!;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(location).toMatch(/^[\x21-\x7e]*$/);
      expect(new URL(location, 'https://shop.example/here').host).toBe('shop.example');
    });
    fc.assert(check, { seed: 2, numRuns: 5000 });
  });
});
