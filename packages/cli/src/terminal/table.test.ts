import { table } from './table';

describe('a table', () => {
  it('aligns its columns by what is seen, not by the colours', () => {
    expect(
      table([
        ['\u001B[1mGET\u001B[22m', '/'],
        ['DELETE', '/items'],
      ]),
    ).toBe('\u001B[1mGET\u001B[22m     /\nDELETE  /items');
  });

  it('of nothing is empty, and no line ends with blanks', () => {
    expect(table([])).toBe('');
    expect(
      table([
        ['a', ''],
        ['long', 'b'],
      ]),
    ).toBe('a\nlong  b');
  });
});
