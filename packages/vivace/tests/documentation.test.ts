import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const docs = join(__dirname, '../../../docs');
const features = join(docs, 'features');

/** The rows of each section: what an application of FastAPI can do. */
const SECTIONS: Readonly<
  Record<string, readonly [letters: string, count: number, without?: readonly number[]]>
> = {
  '1.01': ['A', 8],
  '1.02': ['B', 20],
  '1.03': ['P', 8],
  '1.04': ['Q', 13],
  '1.05': ['H', 7],
  '1.06': ['BD', 18],
  '1.07': ['FM', 13],
  '1.08': ['C', 17],
  '1.09': ['T', 20, [15]],
  '1.10': ['V', 6],
  '1.11': ['M', 32],
  '1.12': ['R', 24],
  '1.13': ['E', 15],
  '1.14': ['D', 25],
  '1.15': ['SE', 16],
  '1.16': ['MW', 17],
  '1.17': ['BG', 6],
  '1.18': ['ST', 12],
  '1.19': ['SF', 3],
  '1.20': ['W', 12],
  '1.21': ['L', 7],
  '1.22': ['MP', 7],
  '1.23': ['O', 23],
  '1.24': ['G', 3],
  '1.25': ['CF', 8],
  '1.26': ['TE', 12],
  '1.27': ['CL', 12],
  '1.28': ['DP', 12],
  '1.34': ['OB', 7],
};

const pages = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.md'),
  );

describe('the pages of the documentation', () => {
  it.each(pages(docs))('%s links to files and headings that are there', (page) => {
    const text = readFileSync(join(docs, page), 'utf8');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link as string)
      .filter((link) => !/^[a-z]+:/.test(link));
    const broken = links.filter((link) => {
      const [path = '', heading] = link.split('#');
      const file = path === '' ? join(docs, page) : join(docs, dirname(page), path);
      return !existsSync(file) || (heading !== undefined && !headingsOf(file).includes(heading));
    });
    expect(broken).toEqual([]);
  });
});

describe('the tables of features', () => {
  it.each(Object.entries(SECTIONS))(
    'section %s has every row, with its program and test, or its difference',
    (section, [letters, count, without = []]) => {
      const file = readdirSync(features).find((name) => name.startsWith(`${section}-`));
      expect(file).toBeDefined();
      const rows = readFileSync(join(features, file!), 'utf8')
        .split('\n')
        .filter((line) => /^\| [A-Z]+\d/.test(line));
      const ids = rows.map((row) => /^\| ([A-Z]+\d+)/.exec(row)![1]);
      const expected = Array.from({ length: count }, (_, index) => index + 1).filter(
        (number) => !without.includes(number),
      );
      expect(ids.filter((id) => expected.some((number) => id === `${letters}${number}`))).toEqual(
        expected.map((number) => `${letters}${number}`),
      );
      const bare = rows.filter((row) => {
        const links = [...row.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link as string);
        return (
          !links.some((link) => link.includes('differences.md#')) &&
          !(links.some(isProgram) && links.some((link) => link.includes('.test')))
        );
      });
      expect(bare).toEqual([]);
    },
  );
});

function isProgram(link: string): boolean {
  return (
    /\/(apps|packages)\/.*\.(ts|mjs|json)$|Dockerfile/.test(link) && !/\.test(-d)?\.ts/.test(link)
  );
}

/** The anchors of a page; of equal ones those after the first are numbered. */
function headingsOf(file: string): string[] {
  const count = new Map<string, number>();
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const anchor = heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const before = count.get(anchor) ?? 0;
    count.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}
