import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOOT_ERRORS, type BootErrorCode } from '../../src/errors/codes';
import { BootError } from '../../src/errors/boot-error';
import { MISTAKES } from './mistakes';

const page = readFileSync(join(__dirname, '../../../../docs/errors.md'), 'utf8');
/** Thrown by tests beside the code: they need files that are not there, or two copies of a package. */
const ELSEWHERE: readonly BootErrorCode[] = [
  'TYPES_MISSING',
  'TYPES_STALE',
  'CLASS_NOT_LOADED',
  'CLASS_NOT_COMPILED',
  'SECOND_CLASS_TRANSFORMER',
];

async function errorOf(mistake: () => unknown): Promise<BootError> {
  try {
    await mistake();
  } catch (error) {
    if (error instanceof BootError) return error;
    throw error;
  }
  throw new Error('The application was built.');
}

describe('a mistake in a program', () => {
  it.each(Object.entries(MISTAKES))(
    '%s is refused at boot, with the place and what to write instead',
    async (code, mistake) => {
      const error = await errorOf(mistake);
      expect(error.code).toBe(code);
      expect(error.message).toContain('Write instead: ');
      expect(page).toContain(error.message.replaceAll(/ \([^()\s]*mistakes\.ts(:\d+)?\)/g, ''));
    },
  );
});

describe('the table of errors', () => {
  const sections = [...page.matchAll(/^## `([A-Z_]+)`\n\n(.+)$/gm)].map(([, code, what]) => [
    code,
    what,
  ]);

  it('is the page of the documentation', () => {
    expect(Object.fromEntries(sections)).toEqual(BOOT_ERRORS);
  });

  it('has a test that throws each of its rows', () => {
    expect(new Set([...Object.keys(MISTAKES), ...ELSEWHERE])).toEqual(
      new Set(Object.keys(BOOT_ERRORS)),
    );
  });

  it('shows each with the message that it has', () => {
    const shown = [...page.matchAll(/^## `([A-Z_]+)`\n(?:(?!^## )[^])*?```text\n\[\1\] /gm)];
    expect(shown.map(([, code]) => code!).toSorted()).toEqual(Object.keys(BOOT_ERRORS).toSorted());
  });

  it('has every code that the sources throw', () => {
    const root = join(__dirname, '../../../..');
    const sources = globSync('packages/*/src/**/*.ts', { cwd: root }).filter(
      (file) => !file.includes('.test'),
    );
    const thrown = sources.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/\bBootError\(\s*'([A-Z_]+)'/g)].map(
        ([, code]) => code!,
      ),
    );
    expect(thrown.length).toBeGreaterThan(50);
    for (const code of thrown) expect(BOOT_ERRORS).toHaveProperty(code);
  });
});
