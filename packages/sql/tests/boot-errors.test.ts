import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SQL_BOOT_ERRORS } from '../src/boot-error';

const page = readFileSync(join(__dirname, '../../../docs/sql-errors.md'), 'utf8');

describe('the table of boot errors', () => {
  it('is the page of the documentation', () => {
    const sections = [...page.matchAll(/^## `([A-Z_]+)`\n\n(.+)\n\n```text\n\[\1\] /gm)];
    expect(Object.fromEntries(sections.map(([, code, what]) => [code, what]))).toEqual(
      SQL_BOOT_ERRORS,
    );
  });

  it('has every code that the sources throw, and no other', () => {
    const root = join(__dirname, '../src');
    const sources = globSync('**/*.ts', { cwd: root }).filter((file) => !file.includes('.test'));
    const thrown = sources.flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /(?:SqlBootError|\.refuse)\(\s*'([A-Z_]+)'/g,
        ),
      ].map(([, code]) => code!),
    );
    expect(new Set(thrown)).toEqual(new Set(Object.keys(SQL_BOOT_ERRORS)));
  });
});
