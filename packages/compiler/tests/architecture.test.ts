import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const src = join(__dirname, '../src');

/** What each folder may import; types count too. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  project: [],
  types: ['project'],
  emit: ['project'],
  build: ['project', 'types', 'emit'],
  jest: ['project', 'build', 'emit'],
};
/** Types contain types: a list is read by its items, an object by its members. */
const CIRCLES: readonly (readonly string[])[] = [
  [
    'types/checked-types',
    'types/intersections',
    'types/members',
    'types/reader',
    'types/structure',
    'types/type-nodes',
  ],
];

const imports: ReadonlyMap<string, readonly string[]> = new Map(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(path))
    .map((path): [string, string[]] => {
      const code = readFileSync(join(src, path), 'utf8');
      const specifiers = [...code.matchAll(/\b(?:from |import\()'(\.[^']+)'/g)];
      return [
        path.replace(/\.ts$/, ''),
        specifiers.map(([, to = '']) =>
          relative(src, join(src, dirname(path), to)).replaceAll('\\', '/'),
        ),
      ];
    }),
);
const folderOf = (path: string) => path.slice(0, path.indexOf('/') + 1).replace('/', '');

test('imports follow the arrows of the folders', () => {
  const files = [...imports].filter(([path]) => folderOf(path) !== '');
  expect(new Set(files.map(([path]) => folderOf(path)))).toEqual(new Set(Object.keys(ARROWS)));
  const against = files.flatMap(([path, targets]) =>
    targets
      .filter((to) => folderOf(to) !== folderOf(path))
      .filter((to) => !ARROWS[folderOf(path)]!.includes(folderOf(to)))
      .map((to) => `${path} imports ${to}`),
  );
  expect(against).toEqual([]);
});

test('files that import each other in a circle are those that read a type by its parts', () => {
  const reached = (from: string): ReadonlySet<string> => {
    const all = new Set(imports.get(from));
    for (const each of all) for (const next of imports.get(each) ?? []) all.add(next);
    return all;
  };
  const own = [...imports.keys()].filter((path) => reached(path).has(path));
  const circles = Map.groupBy(own, (path) =>
    own.filter((other) => reached(path).has(other) && reached(other).has(path)).join(),
  );
  expect([...circles.values()].map((circle) => circle.toSorted())).toEqual(CIRCLES);
});

test('one file meets the API of TypeScript, and one each the parser and the transform', () => {
  const filesWith = (pattern: RegExp) =>
    [...imports.keys()].filter((path) =>
      pattern.test(readFileSync(join(src, `${path}.ts`), 'utf8')),
    );
  expect(filesWith(/from 'typescript\//)).toEqual(['project/checker']);
  expect(filesWith(/from '@swc\/core'/)).toEqual(['emit/transform']);
  expect(filesWith(/from 'oxc-parser'/)).toEqual(['emit/script']);
});

test('an index is an explicit list, and no type is `any`', () => {
  const code = (path: string) => readFileSync(join(src, `${path}.ts`), 'utf8');
  expect([...imports.keys()].filter((path) => /export \*/.test(code(path)))).toEqual([]);
  const anywhere = [...imports.keys()].filter((path) =>
    /[:<|&(=]\s*any\b|\bas any\b|\bany\[\]/.test(
      code(path).replace(/'[^'\n]*'|`[^`]*`|\/\*[^]*?\*\//g, ''),
    ),
  );
  expect(anywhere).toEqual([]);
});
