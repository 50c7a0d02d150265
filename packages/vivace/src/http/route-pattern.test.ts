import * as fc from 'fast-check';
import router from 'find-my-way';
import { patternOf } from './route-pattern';

const paths = [
  '/a',
  '/a/',
  '/:a',
  '/:a/',
  '/x:a',
  '/a::b',
  '/a::b:c',
  '/:a/:b',
  '/:a-:b',
  '/:a-:b-:c',
  '/:a.:b',
  '/:a.json',
  '/:a-:b.json',
  '/:a-:b.:c-:d',
  '/:a--:b',
  '/:a-:b/:c.:d',
  '/:a(\\d+)',
  '/:a(^\\d+$)-:b',
  '/:a-:b(\\d+)',
  '/:a(\\d+)-:b(\\d+)',
  '/:a(\\d+)-:b-:c',
  '/a/*',
  '/:a-:b/*',
];
const text = fc
  .array(fc.constantFrom('a', 'x', '1', '12', '-', '.', '/', ':', '.json', 'b'), { maxLength: 9 })
  .map((parts) => `/${parts.join('')}`);

describe('the pattern of a path', () => {
  it.each(paths)('of %s matches what the router matches, but for empty parameters', (path) => {
    const ways = router({ maxParamLength: Infinity });
    ways.on('GET', path as '/', () => {});
    const pattern = patternOf(path);
    fc.assert(
      fc.property(text, (url) => {
        const found = ways.find('GET', url)?.params;
        const matched =
          found !== undefined &&
          Object.entries(found).every(([name, value]) => name === '*' || value !== '');
        expect([url, pattern.test(url)]).toEqual([url, matched]);
      }),
      { seed: 4, numRuns: 1000 },
    );
  });
});
