import { dutiesOf } from './duties';

/** The duties of a program that was started like this. */
function duties(
  options: Parameters<typeof dutiesOf>[0],
  { args = [], WORK }: { args?: readonly string[]; WORK?: string } = {},
): string {
  const argv = jest.replaceProperty(process, 'argv', ['node', 'dist/main.js', ...args]);
  const env = jest.replaceProperty(process, 'env', WORK === undefined ? {} : { WORK });
  try {
    const { http, work } = dutiesOf(options);
    return [http ? 'http' : '', work ? 'work' : ''].join(' ').trim();
  } finally {
    argv.restore();
    env.restore();
  }
}

describe('a process', () => {
  it.each([
    ['serves and works', {}, {}, 'http work'],
    ['only serves where WORK is false', {}, { WORK: 'false' }, 'http'],
    ['only works where it is started with --work', {}, { args: ['--work'] }, 'work'],
    ['works with --work, whatever WORK says', {}, { args: ['--work'], WORK: 'false' }, 'work'],
    ['does what its options say', { work: true, http: false }, { WORK: 'false' }, 'work'],
    [
      'does what its options say, whatever its arguments',
      { http: true },
      { args: ['--work'] },
      'http work',
    ],
  ])('%s', (_, options, started, expected) => {
    expect(duties(options, started)).toBe(expected);
  });
});
