import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';

const root = join(__dirname, '../../..');
const run = (script: string, args: readonly string[], cwd: string): string =>
  execFileSync(process.execPath, [join(root, script), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });

const STRICTEST = [
  'noEmit',
  'strict',
  'declaration',
  'erasableSyntaxOnly',
  'exactOptionalPropertyTypes',
  'isolatedDeclarations',
  'noImplicitOverride',
  'noImplicitReturns',
  'noPropertyAccessFromIndexSignature',
  'noUncheckedIndexedAccess',
  'noUnusedLocals',
  'noUnusedParameters',
  'verbatimModuleSyntax',
];

test('the client is typed, and compiles in a project for Node and in one for browsers', () => {
  using place = folder({
    'package.json': '{ "type": "module" }',
    'use.ts': `import { Api } from './client.js';
      const { members } = new Api({ baseUrl: 'http://127.0.0.1:8000' });
      export const name: Promise<string> = members.read(1).then(({ data }) => data.name);
      // @ts-expect-error a member is read by a number
      void members.read('ann');`,
  });
  symlinkSync(join(root, 'node_modules'), join(place.path, 'node_modules'));
  run('packages/cli/bin/vivace.js', ['client', '--out', place.path], join(root, 'apps/demo'));
  expect(readFileSync(join(place.path, 'client.ts'), 'utf8')).toContain('export class Api');
  const strict = [
    ...STRICTEST.map((option) => `--${option}`),
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2023',
  ];
  for (const environment of [
    ['--lib', 'es2024', '--types', 'node'],
    ['--lib', 'es2024,dom,dom.iterable', '--types', ''],
  ])
    expect(
      run('node_modules/typescript/bin/tsc', [...strict, ...environment, 'use.ts'], place.path),
    ).toBe('');
});

describe('the client has the types of the program:', () => {
  const TYPES: readonly (readonly [written: string, generated: string])[] = [
    ['[string, int]', '[string, number]'],
    ['[string, ...int[]]', '[string, ...number[]]'],
    ['[Item, ...Item[]]', '[Item, ...Item[]]'],
    ['[string, ...(int | boolean)[]]', '[string, ...(number | boolean)[]]'],
    ['[string, int?]', '[string, number?]'],
    ['[string, Item?]', '[string, Item?]'],
    ['[string, (int | null)?]', '[string, (number | null)?]'],
    ['[string?, ...int[]]', '[string?, ...number[]]'],
    ['[[string, ...int[]], string]', '[[string, ...number[]], string]'],
    ['[string, ...int[]][]', '[string, ...number[]][]'],
    ['[string, ...int[]] | null', '[string, ...number[]] | null'],
    ['bytes', 'string'],
    ['Level', 'Level'],
    ['Response', 'ResponseModel'],
  ];
  const place = folder({
    'package.json': '{ "type": "module" }',
    'tsconfig.json':
      '{ "compilerOptions": { "module": "nodenext", "strict": true, "experimentalDecorators": true }, "include": ["src"] }',
    'src/app.ts': `import { Controller, Post, Vivace, type bytes, type int } from 'vivace';
class Item { id!: int }
class Response { status!: int }
enum Level { Low = 1, High = 2 }
class Types { ${TYPES.map(([written], index) => `type${index}!: ${written};`).join(' ')} }
@Controller() class Items { @Post('/') add(types: Types): void {} }
export const app = new Vivace({ controllers: [Items] });`,
  });
  let client: string;
  beforeAll(() => {
    symlinkSync(join(root, 'node_modules'), join(place.path, 'node_modules'), 'junction');
    run('packages/cli/bin/vivace.js', ['client'], place.path);
    client = readFileSync(join(place.path, 'src/client/client.ts'), 'utf8');
  });
  afterAll(() => place[Symbol.dispose]());

  test.each(TYPES.map(([written, generated], index) => [written, generated, index] as const))(
    '%s is %s',
    (_, generated, index) => {
      const [, type] = new RegExp(`\\btype${index}: ([^;]*);`).exec(client) ?? [];
      expect(type).toBe(generated);
    },
  );
});
