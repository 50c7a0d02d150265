import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const src = join(__dirname, '../src');

/** From the ground up: a folder imports from lower floors only, types included. Folders of one floor do not know each other. */
const FLOORS: readonly (readonly string[])[] = [
  ['errors', 'text'],
  ['responses'],
  ['declare'],
  ['reflect', 'stores', 'pagination', 'templating', 'process'],
  ['schema', 'security'],
  ['validate'],
  ['serialize', 'settings'],
  ['model', 'shape'],
  ['compile', 'openapi'],
  ['http'],
  ['docs', 'mount', 'websocket', 'middleware'],
  ['app'],
  ['testing'],
];

/** Files that import each other because what they describe contains itself; in the order of the alphabet. */
const RECURSIONS: readonly (readonly string[])[] = [
  // A schema has checks, and a message of a check is told the schema.
  ['schema/check', 'schema/schema'],
  // Types are made of types, and fields of classes have types that are classes.
  [
    'schema/builder',
    'schema/field',
    'schema/field-type',
    'schema/from-class',
    'schema/from-members',
    'schema/from-type',
    'schema/from-value',
  ],
  // The functions of an object call those of its fields.
  [
    'validate/validator-collections',
    'validate/validator-fields',
    'validate/validator-object',
    'validate/validator-union',
    'validate/validator-values',
    'validate/validators',
  ],
  [
    'serialize/serializer-object',
    'serialize/serializer-union',
    'serialize/serializer-values',
    'serialize/serializer-writers',
  ],
];

interface Import {
  readonly type: boolean;
  readonly from: string;
}
interface Source {
  readonly path: string;
  /** Undefined for the faces of the package: `index`, `security` and so on. */
  readonly folder: string | undefined;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const sources: readonly Source[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => path.replaceAll('\\', '/'))
  .map((path) => {
    const code = readFileSync(join(src, path), 'utf8').replace(
      /\/\*[^]*?\*\/|(?<=^|\s)\/\/.*/g,
      '',
    );
    const imports = [...code.matchAll(/^(?:import|export)(\s+type)?\s[^;]*?from '([^']+)'/gm)];
    const named = [...code.matchAll(/\b(?:require|import)\('([^']+)'\)/g)];
    return {
      path,
      folder: path.includes('/') ? path.split('/')[0] : undefined,
      code,
      imports: [
        ...imports.map(([, type, from = '']) => ({ type: type !== undefined, from })),
        ...named.map(([, from = '']) => ({ type: false, from })),
      ],
    };
  });

/** What a source imports of our own, without endings. */
function ownImports({ path, imports }: Source): readonly string[] {
  return imports
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => relative(src, join(src, dirname(path), from)).replaceAll('\\', '/'));
}

const floorOf = (folder: string): number => FLOORS.findIndex((floor) => floor.includes(folder));

function filesWith(pattern: RegExp): readonly string[] {
  return sources.filter(({ code }) => pattern.test(code)).map(({ path }) => path);
}

test('the sources are read with their imports', () => {
  const model = sources.find(({ path }) => path === 'model/model.ts');
  expect(model?.imports).toContainEqual({ type: true, from: '../schema/schema' });
});

test('every folder has its floor', () => {
  const folders = new Set(sources.flatMap(({ folder }) => folder ?? []));
  expect([...folders].toSorted()).toEqual(FLOORS.flat().toSorted());
});

test('imports lead to lower floors', () => {
  const against = sources.flatMap((source) => {
    const { folder } = source;
    if (folder === undefined) return [];
    return ownImports(source)
      .filter((to) => {
        const below = to.split('/')[0]!;
        return below !== folder && (!to.includes('/') || floorOf(below) >= floorOf(folder));
      })
      .map((to) => `${source.path} imports ${to}`);
  });
  expect(against).toEqual([]);
});

test('files import each other only where what they describe contains itself', () => {
  const imports = new Map(
    sources.map((source) => [source.path.replace(/\.ts$/, ''), ownImports(source)]),
  );
  expect(circlesOf(imports)).toEqual(RECURSIONS.map((files) => [...files]).toSorted());
});

/** The groups of files of which each reaches every other by imports. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly string[][] {
  const reached = new Map(
    [...imports.keys()].map((file) => {
      const seen = new Set<string>();
      const next = [file];
      for (let at = next.pop(); at !== undefined; at = next.pop()) {
        for (const to of imports.get(at) ?? []) {
          if (seen.has(to)) continue;
          seen.add(to);
          next.push(to);
        }
      }
      return [file, seen] as const;
    }),
  );
  const circles = [...reached]
    .filter(([file, to]) => to.has(file))
    .map(([file, to]) => [...to].filter((other) => reached.get(other)?.has(file)).toSorted());
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()].toSorted();
}

test('only the floors of the server know Fastify', () => {
  const starting = sources.filter((source) =>
    source.imports.some(({ type, from }) => !type && /^(fastify|@fastify\/)/.test(from)),
  );
  const SERVING = FLOORS.slice(floorOf('http')).flat();
  expect(
    starting
      .filter(({ folder }) => folder === undefined || !SERVING.includes(folder))
      .map(({ path }) => path),
  ).toEqual([]);
});

test('metadata of decorators is read in one folder and one file', () => {
  const readers = filesWith(/Reflect\.\w*[mM]etadata|'design:/);
  expect(
    readers.filter((path) => !path.startsWith('reflect/') && path !== 'declare/class-facts.ts'),
  ).toEqual([]);
});

test('the storages of class-validator and class-transformer are known to one file each', () => {
  expect(
    filesWith(/getMetadataStorage|classValidatorMetadataStorage/).filter(
      (path) => path !== 'schema/constraint-metadata.ts',
    ),
  ).toEqual([]);
  expect(
    filesWith(/class-transformer\/cjs\/storage/).filter(
      (path) => path !== 'schema/class-transformer.ts',
    ),
  ).toEqual([]);
});

test('no boot error comes from what runs after the boot', () => {
  const late = sources.filter(({ folder }) =>
    ['validate', 'serialize', 'compile', 'http'].includes(folder ?? ''),
  );
  expect(late.filter(({ code }) => code.includes('BootError')).map(({ path }) => path)).toEqual([]);
});

test('code is made from text in one place', () => {
  expect(filesWith(/new Function\(|\beval\(/)).toEqual(['validate/code.ts']);
});

test('NODE_ENV is read in one file', () => {
  expect(filesWith(/\[?['.]NODE_ENV\b/)).toEqual(['declare/environment.ts']);
});

test('what is private to a class is private at run time', () => {
  expect(filesWith(/^\s+private (?!constructor)/m)).toEqual([]);
});

test('an index is an explicit list, and no type is `any`', () => {
  expect(filesWith(/export \*/)).toEqual([]);
  const anywhere = sources.filter(({ code }) =>
    /[:<|&(=]\s*any\b|\bas any\b|\bany\[\]/.test(code.replace(/'[^'\n]*'|`[^`]*`/g, '')),
  );
  expect(anywhere.map(({ path }) => path)).toEqual([]);
});
