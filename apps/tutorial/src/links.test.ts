import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');

interface Link {
  readonly page: string;
  readonly text: string;
  readonly file: string;
  readonly anchor: string | undefined;
}

/** The links between files of the repository, without those in code. */
const links: readonly Link[] = globSync(['*.md', 'docs/**/*.md', '{packages,apps}/*/README.md'], {
  cwd: root,
}).flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8').replace(/^```[^]*?^```|`[^`\n]*`/gm, 'code');
  return [...text.matchAll(/\[([^\]]*)\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(
    ([, words = '', path = '', anchor]) => ({
      page,
      text: words,
      file: path === '' ? page : join(dirname(page), path),
      anchor,
    }),
  );
});

/** The addresses of the headings of a page, as GitHub makes them: the second of one name ends with -1. */
function headingsOf(page: string): ReadonlySet<string> {
  const headings = new Set<string>();
  for (const [, heading = ''] of readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.+)$/gm)) {
    const name = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let address = name;
    for (let count = 1; headings.has(address); count += 1) address = `${name}-${count}`;
    headings.add(address);
  }
  return headings;
}

test('every link in the documentation leads to a file', () => {
  expect(links.length).toBeGreaterThan(500);
  const broken = links.filter(({ file }) => !existsSync(join(root, file)));
  expect(broken.map(({ page, file }) => `${page}: ${file}`)).toEqual([]);
});

test('every link to a heading leads to one', () => {
  const broken = links.filter(
    ({ file, anchor }) =>
      anchor !== undefined && file.endsWith('.md') && !headingsOf(file).has(anchor),
  );
  expect(broken.map(({ page, file, anchor }) => `${page}: ${file}#${anchor}`)).toEqual([]);
});

test('a link to a gotcha leads to the file of its test', () => {
  const gotchas = links.flatMap(({ page, file, text }) =>
    Array.from(text.matchAll(/gotcha \d+/g), ([gotcha]) => ({ page, file, gotcha })),
  );
  expect(gotchas.length).toBeGreaterThan(30);
  const broken = gotchas.filter(
    ({ file, gotcha }) => !new RegExp(`${gotcha}\\b`).test(readFileSync(join(root, file), 'utf8')),
  );
  expect(broken.map(({ page, file, gotcha }) => `${page}: ${gotcha} in ${file}`)).toEqual([]);
});
