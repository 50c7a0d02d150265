import { win32 } from 'node:path';
import { shownPath } from './shown-path';

describe('a file of Windows', () => {
  it.each([
    ['C:\\shop\\src\\app.ts', 'src/app.ts'],
    ['c:\\Shop\\src\\app.ts', 'src/app.ts'],
    ['C:\\shop\\.vivace\\out\\src\\app.js', 'src/app.ts'],
    ['C:\\shop', '.'],
    ['D:\\shop\\src\\app.ts', 'D:\\shop\\src\\app.ts'],
    ['C:\\other\\app.ts', 'C:\\other\\app.ts'],
  ])('%s is shown as %s', (file, text) => expect(shownPath(file, 'C:\\shop', win32)).toBe(text));
});
