import { stripVTControlCharacters } from 'node:util';
import { addresses } from './addresses';

const plain = (...args: Parameters<typeof addresses>): string[] =>
  addresses(...args).map(stripVTControlCharacters);

describe('the addresses of an application', () => {
  it('are where it listens', () =>
    expect(plain('http://127.0.0.1:8000')).toEqual([
      '  application    http://127.0.0.1:8000',
      '  documentation  http://127.0.0.1:8000/docs',
    ]));

  it('are public ones where they are known', () =>
    expect(plain('http://127.0.0.1:8000', true, 'https://dev.example/')[1]).toBe(
      '  documentation  https://dev.example/docs',
    ));

  it('have no documentation where there is none', () =>
    expect(plain('http://127.0.0.1:8000', false)).toEqual([
      '  application    http://127.0.0.1:8000',
    ]));

  it('are not those of a program that listens itself', () => expect(plain(null)).toEqual([]));
});
