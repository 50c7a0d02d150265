import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const src = join(__dirname, '../src');

/** What each folder may import, besides `errors` and `declare`, which are for all. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  declare: [],
  errors: [],
  reflect: [],
  schema: ['reflect'],
  model: ['reflect', 'schema'],
  compile: ['model', 'schema'],
  openapi: ['model', 'schema'],
  responses: [],
  security: [],
  settings: ['schema', 'compile'],
  serve: ['compile', 'openapi', 'model', 'responses', 'settings'],
  middleware: ['serve', 'responses'],
  testing: ['serve'],
};
/** Public types refer to each other; nothing of that is left at run time. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = {
  declare: ['schema', 'responses', 'openapi'],
  reflect: ['schema'],
  security: ['middleware'],
  serve: ['schema'],
  testing: ['schema', 'responses', 'openapi', 'middleware'],
};

interface Import {
  readonly type: boolean;
  readonly from: string;
}
interface Source {
  readonly path: string;
  readonly folder: string;
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
      folder: path.includes('/') ? (path.split('/')[0] ?? '') : '',
      code,
      imports: [
        ...imports.map(([, type, from = '']) => ({ type: type !== undefined, from })),
        ...named.map(([, from = '']) => ({ type: false, from })),
      ],
    };
  });

function folderOf(source: Source, { from }: Import): string | undefined {
  if (!from.startsWith('.')) return undefined;
  return relative(src, join(src, dirname(source.path), from)).split(/[\\/]/)[0];
}

function filesWith(pattern: RegExp): readonly string[] {
  return sources.filter(({ code }) => pattern.test(code)).map(({ path }) => path);
}

test('the sources are read with their imports', () => {
  const model = sources.find(({ path }) => path === 'model/model.ts');
  expect(model?.imports).toContainEqual({ type: true, from: '../schema/schema' });
});

test('every folder is in the table of imports', () => {
  const folders = new Set(sources.map((source) => source.folder).filter((folder) => folder !== ''));
  expect([...folders].filter((folder) => !(folder in ARROWS))).toEqual([]);
});

test('imports follow the arrows of the design', () => {
  const against = sources
    .filter(({ folder }) => folder !== '')
    .flatMap((source) =>
      source.imports
        .filter((imported) => {
          const to = folderOf(source, imported);
          if (to === undefined || to === source.folder || to === 'errors') return false;
          if (to === 'declare' && source.folder !== 'errors') return false;
          const allowed = [
            ...(ARROWS[source.folder] ?? []),
            ...(imported.type ? (TYPES_ONLY[source.folder] ?? []) : []),
          ];
          return !allowed.includes(to);
        })
        .map(({ type, from }) => `${source.path} imports ${type ? 'a type of ' : ''}${from}`),
    );
  expect(against).toEqual([]);
});

test('only serve starts Fastify', () => {
  const starting = sources.filter((source) =>
    source.imports.some(({ type, from }) => !type && /^(fastify|@fastify\/)/.test(from)),
  );
  expect(starting.filter(({ folder }) => folder !== 'serve').map(({ path }) => path)).toEqual([]);
});

test('metadata of decorators is read in one folder and one file', () => {
  const readers = filesWith(/Reflect\.\w*[mM]etadata|'design:/);
  expect(
    readers.filter((path) => !path.startsWith('reflect/') && path !== 'declare/declarations.ts'),
  ).toEqual([]);
});

test('the storages of class-validator and class-transformer are known to one file each', () => {
  expect(
    filesWith(/getMetadataStorage/).filter((path) => path !== 'schema/class-validator.ts'),
  ).toEqual([]);
  expect(
    filesWith(/class-transformer\/cjs\/storage/).filter(
      (path) => path !== 'schema/class-transformer.ts',
    ),
  ).toEqual([]);
});

test('code is made from text in one place', () => {
  expect(filesWith(/new Function\(|\beval\(/)).toEqual(['compile/code.ts']);
});

test('an index is an explicit list, and no type is `any`', () => {
  expect(filesWith(/export \*/)).toEqual([]);
  const anywhere = sources.filter(({ code }) =>
    /[:<|&(=]\s*any\b|\bas any\b|\bany\[\]/.test(code.replace(/'[^'\n]*'|`[^`]*`/g, '')),
  );
  expect(anywhere.map(({ path }) => path)).toEqual([]);
});
