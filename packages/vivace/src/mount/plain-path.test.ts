import { posix, win32 } from 'node:path';
import { isPlain } from './plain-path';

describe('the path of a static file', () => {
  it.each(['index.html', 'a/b/c.txt', '.well-known/security.txt', 'a..b', ''])(
    'is plain: %j',
    (path) => {
      expect(isPlain(path, posix.sep)).toBe(true);
      expect(isPlain(path, win32.sep)).toBe(true);
    },
  );

  it.each(['.env', 'a/.git/config', '../secret', 'a\\b', '..\\secret', 'a\0.txt'])(
    'is not plain: %j',
    (path) => {
      expect(isPlain(path, posix.sep)).toBe(false);
      expect(isPlain(path, win32.sep)).toBe(false);
    },
  );

  it.each(['a.txt::$DATA', 'C:/secret', 'C:', 'GIT~1/config', 'a.txt.', 'private /a', 'a.'])(
    'means something else on Windows: %j',
    (path) => {
      expect(isPlain(path, posix.sep)).toBe(true);
      expect(isPlain(path, win32.sep)).toBe(false);
    },
  );
});
