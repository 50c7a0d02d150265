import { progress } from './progress';

function shownPath(isTTY: boolean): string {
  const parts: string[] = [];
  const write = (text: string): boolean => (parts.push(text), true);
  {
    using _progress = progress('compiling', { isTTY, write: write as NodeJS.WriteStream['write'] });
    parts.push('|');
  }
  return parts.join('');
}

describe('progress', () => {
  it('stands on a terminal for as long as something takes', () =>
    expect(shownPath(true)).toBe('compiling …|\r\u001B[2K'));
  it('is nothing elsewhere', () => expect(shownPath(false)).toBe('|'));
});
