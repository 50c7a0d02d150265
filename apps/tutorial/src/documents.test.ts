import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Vivace } from 'vivace';
import { openapi30, type OpenAPIDocument } from 'vivace/openapi';
import { app as items } from './tutorial/path_operation_configuration/tutorial005';

/** Its test shows that two operations of one id are refused. */
const REFUSED = ['deep/test_generate_unique_id_function'];
/** It has a field called `$ref`, which the validator takes for a reference. */
const MISREAD = ['deep/test_schema_ref_pydantic_v2'];
const PATIENCE = 300_000;
const TSC = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

interface Checked {
  readonly problems: readonly unknown[];
  readonly client: string;
}

const directory = mkdtempSync(join(folder(), 'clients-'));
const documents: Record<string, OpenAPIDocument> = {};
let checked: Checked;

beforeAll(async () => {
  for (const name of programs()) {
    const { app, apps } = require(join(__dirname, name)) as {
      app?: Vivace;
      apps?: Record<string, Vivace>;
    };
    if (app !== undefined) documents[name] = await app.openapi();
    for (const [key, one] of Object.entries(apps ?? {}))
      documents[`${name} ${key}`] = await one.openapi();
  }
  const read = Object.entries(documents).filter(([name]) => !MISREAD.includes(name));
  const both = read.flatMap(([name, document]) => [
    [name, withoutItems(document)],
    [`${name} as 3.0`, openapi30(document)],
  ]);
  checked = await check({
    documents: Object.fromEntries(both) as object,
    client: joined(documents),
  });
}, PATIENCE);

afterAll(() => rmSync(directory, { recursive: true }));

test('the document of every program is valid OpenAPI 3.1, and 3.0 when it is converted', () => {
  expect(Object.keys(documents).length).toBeGreaterThan(250);
  expect(checked.problems).toEqual([]);
});

test(
  'the typed client of all documents together compiles',
  () => {
    expect(checked.client.length).toBeGreaterThan(100_000);
    writeFileSync(join(directory, 'client.ts'), checked.client);
    expect(compile('client.ts')).toBe('');
  },
  PATIENCE,
);

test(
  'a generated client calls a server, and knows its types',
  async () => {
    const { client } = await check({ documents: {}, client: await items.openapi() });
    writeFileSync(join(directory, 'items.ts'), client);
    writeFileSync(join(directory, 'calls.ts'), CALLS);
    expect(compile('calls.ts')).toBe('');
    await using server = await items.listen({ port: 0, handleSignals: false });
    const { call } = require(join(directory, 'calls.js')) as {
      call: (baseUrl: string) => Promise<unknown>;
    };
    expect(await call(server.url!)).toEqual({
      created: { name: 'Rosin', description: null, price: 4.5, tax: null, tags: [] },
      refused: 422,
    });
  },
  PATIENCE,
);

const CALLS = `import { Api } from './items';

export async function call(baseUrl: string) {
  const { items } = new Api({ baseUrl });
  const { data } = await items.createItemItemsPost({ name: 'Rosin', price: 4.5 });
  const price: number = data.price;
  // @ts-expect-error: the price is a number
  const text: string = data.price;
  // @ts-expect-error: the name is missing
  const refused = await items.createItemItemsPost({ price }).catch((response: Response) => response.status);
  return { created: data, refused: text === undefined ? 0 : refused };
}
`;

function programs(): readonly string[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(tutorial|deep)\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => path.slice(0, -'.ts'.length))
    .filter((path) => !REFUSED.includes(path))
    .toSorted();
}

/** Below this package, so that its compiler options and types count. */
function folder(): string {
  const path = resolve(__dirname, '../.vivace');
  mkdirSync(path, { recursive: true });
  return path;
}

/** One process for all documents: the validator and the generator are ES modules. */
function check(input: {
  readonly documents: object;
  readonly client: OpenAPIDocument;
}): Promise<Checked> {
  return new Promise((done, fail) => {
    const script = resolve(__dirname, '../scripts/check-documents.mjs');
    const options = { maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(process.execPath, [script], options, (error, output) =>
      error ? fail(error) : done(JSON.parse(output) as Checked),
    );
    child.stdin!.end(JSON.stringify(input));
  });
}

/** What the compiler says of a file; it is written as JavaScript beside it. */
function compile(file: string): string {
  const settings = {
    extends: '../../../../tsconfig.base.json',
    compilerOptions: {
      composite: false,
      declarationMap: false,
      lib: ['es2024', 'dom', 'dom.iterable'],
      // The generator writes for programs without it.
      exactOptionalPropertyTypes: false,
    },
    files: [file],
  };
  writeFileSync(join(directory, 'package.json'), '{ "type": "commonjs" }');
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(settings));
  try {
    return execFileSync(process.execPath, [TSC, '-p', directory], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** FastAPI describes the items of a stream with a word of OpenAPI 3.2, and so do we. */
function withoutItems(document: OpenAPIDocument): unknown {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (key === 'itemSchema' ? undefined : value)),
  );
}

/** One document of many: names of programs stand before their paths, schemas, schemes and ids. */
function joined(all: Readonly<Record<string, OpenAPIDocument>>): OpenAPIDocument {
  const whole = {
    openapi: '3.1.0',
    info: { title: 'All', version: '1' },
    paths: {},
    components: { schemas: {}, securitySchemes: {} },
  };
  for (const [program, { paths, components = {} }] of Object.entries(all)) {
    const name = program.replaceAll(/\W+/g, '_');
    const named = (part: unknown): object =>
      JSON.parse(
        JSON.stringify(part ?? {})
          .replaceAll(/"#\/components\/schemas\/([^"]+)"/g, `"#/components/schemas/${name}_$1"`)
          .replaceAll(/"operationId":"([^"]+)"/g, `"operationId":"${name}_$1"`),
      ) as object;
    const entries = (part: unknown, before: string): object =>
      Object.fromEntries(
        Object.entries(named(part)).map(([key, value]) => [before + key, value as unknown]),
      );
    Object.assign(whole.paths, entries(paths, `/${name}`));
    Object.assign(whole.components.schemas, entries(components.schemas, `${name}_`));
    Object.assign(whole.components.securitySchemes, entries(components.securitySchemes, ''));
  }
  return whole;
}
