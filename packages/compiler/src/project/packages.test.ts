import { posix, win32 } from 'node:path';
import { portable } from './packages';

describe('a path that is the same on every system', () => {
  it('has slashes where Windows has none, whatever case its drive is in', () => {
    expect(portable(win32.relative('C:\\shop', 'c:\\shop\\src\\dto.ts'), win32.sep)).toBe(
      'src/dto.ts',
    );
    expect(portable(win32.resolve('C:\\shop', 'src/dto.ts'), win32.sep)).toBe('C:/shop/src/dto.ts');
  });

  it('is left as it is elsewhere, where a name may have a backslash', () => {
    expect(portable('src/a\\b.ts', posix.sep)).toBe('src/a\\b.ts');
  });
});
