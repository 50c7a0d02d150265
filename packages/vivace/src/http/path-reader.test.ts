import * as fc from 'fast-check';
import router from 'find-my-way';
import { isAmbiguous, PathReader, withoutAuthority, type PathRules } from './path-reader';

/** Addresses as clients may spell them: letters and marks, encoded or not, once or twice. */
const pieces = fc.constantFrom(
  'a',
  'B',
  '/',
  '//',
  '.',
  '..',
  ';',
  ':',
  '@',
  '&',
  '=',
  '+',
  ',',
  '$',
  '!',
  '-',
  '~',
  '\\',
  '%61',
  '%2F',
  '%2f',
  '%5C',
  '%2e',
  '%25',
  '%2561',
  '%252F',
  '%3F',
  '%23',
  '%3b',
  '%20',
  '%C3%A4',
  '%c3%a4',
  '%E4',
  '%',
  '%6',
  '%zz',
  '%00',
);
const paths = fc.array(pieces, { maxLength: 12 }).map((parts) => `/${parts.join('')}`);
const ends = fc.constantFrom('', '?', '?q=1', '?a=/b', '#x', ';x=1', '?x;y', ';?');
const origins = fc.constantFrom('', '', 'http://x', 'HTTPS://admin.example:8000');
const rules = fc.record(
  {
    ignoreTrailingSlash: fc.boolean(),
    ignoreDuplicateSlashes: fc.boolean(),
    caseSensitive: fc.boolean(),
    useSemicolonDelimiter: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** The path that the router takes apart: what it matches behind the first slash, decoded no further. */
function routed(url: string, options: PathRules): string | undefined {
  const ways = router({ ...options, maxParamLength: Infinity });
  let found: string | undefined;
  ways.on('GET', '/', () => {});
  ways.on('GET', '/*', () => {});
  const match = ways.find('GET', url);
  if (match === null) return undefined;
  found = match.params['*'];
  return found === undefined ? '/' : `/${found}`;
}

describe('the path of a request', () => {
  it('is what the router reads', () => {
    const check = fc.property(paths, ends, origins, rules, (path, end, origin, options) => {
      const expected = routed(origin + path + end, options);
      fc.pre(expected !== undefined);
      const read = new PathReader(options).read(origin + path + end);
      // The router decodes what a wildcard matches once more, and gives it in the case that was sent.
      const decoded = read.replace(/%(?:2[3-6BCF]|3[ABDF]|40)/gi, (text) =>
        decodeURIComponent(text),
      );
      const same = options.caseSensitive === false ? expected!.toLowerCase() : expected!;
      expect(decoded).toBe(same);
    });
    fc.assert(check, { seed: 3, numRuns: 3000 });
  });

  it('keeps what separates encoded, so that it has the same parts', () => {
    const read = (url: string): string => new PathReader().read(url);
    expect(read('/%61dmin/secret')).toBe('/admin/secret');
    expect(read('/a%2Fb%3Fc%23d%25e')).toBe('/a%2Fb%3Fc%23d%25e');
    expect(read('/%2561dmin')).toBe('/%2561dmin');
    expect(read('/%C3%A4?x')).toBe('/ä');
  });

  it('has no authority', () => {
    const read = (url: string): string => new PathReader().read(url);
    expect(read('http://x/admin/secret?q')).toBe('/admin/secret');
    expect(read('HTTP://x')).toBe('/');
    expect(read('https://x?q=/a')).toBe('/');
    expect(withoutAuthority('http://x?q=/a')).toBe('/?q=/a');
    expect(withoutAuthority('*')).toBe('*');
  });

  it.each([
    ['/files/a/b?q=/x', '/files', '/a/b?q=/x'],
    ['/%66iles/a%2Fb', '/files', '/a%2Fb'],
    ['/a/%62/c//d', '/a/b', '/c//d'],
    ['/files', '/files', ''],
    ['/files?q', '/files', '?q'],
    ['/files/', '/files', '/'],
    ['/x/y', '', '/x/y'],
    ['http://h/files/a', '/files', '/a'],
  ])('%s behind %j is %j', (url, path, rest) => {
    expect(new PathReader().behind(url, path)).toBe(rest);
  });

  it('behind a mount counts slashes as the router does', () => {
    const reader = new PathReader({ ignoreDuplicateSlashes: true });
    expect(reader.behind('//files///a//b', '/files')).toBe('///a//b');
  });

  it.each(['/a/../b', '/a/..', '/./a', '/a/%2e%2E/b', '/a/.%2e', '/a\\b', '/a/%2E?q'])(
    '%s means another one to those who take it apart',
    (url) => expect(isAmbiguous(url)).toBe(true),
  );
  it.each(['/a/b', '/a/..b', '/.well-known/x', '/a/...', '/a?x=/../', '/'])(
    '%s means what it says',
    (url) => expect(isAmbiguous(url)).toBe(false),
  );
});
