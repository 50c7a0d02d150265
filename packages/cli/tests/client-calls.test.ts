import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { folder } from './folder';
import { link } from './linked';
import { freePort, run, start, type Running } from './running';

/** Names that the client uses itself, and values that mean something in an address. */
const PROGRAM = `import { Body, Controller, Cookie, Delete, File, Form, Get, Header, HTTPException, Path, Post, Query, Throws, UploadFile, Vivace, type bytes, type int } from 'vivace';
import { PlainTextResponse, StreamingResponse } from 'vivace/responses';
class Api { name!: string }
class Big { id!: bigint; size!: number }
class RequestParams { name?: string }
class Blob { name!: string }
class Picture extends StreamingResponse { static override readonly media = 'image/png' }
class Forbidden extends HTTPException { constructor() { super(403, 'no') } }

@Controller('/things')
class Things {
  @Get('/one/:id') one(id: string): Api { return { name: id } }
  @Get('/below/*path') below(path: string): Blob { return { name: path } }
  @Get('/word/:class') word(@Path({ alias: 'class' }) word: string, data: string, params: string): string[] { return [word, data, params] }
  @Get('/query') query(@Query() list: string[] = [], text: string | null = 'none', @Query({ alias: 'odd-name' }) odd?: string): unknown[] { return [list, text, odd ?? 'none'] }
  @Get('/headers') headers(@Header() xToken: string, @Header() count: int = 0): unknown[] { return [xToken, count] }
  @Get('/header-list') headerList(@Header() ids: int[] = [], @Header() xToken: string[] = []): unknown[] { return [ids, xToken] }
  @Post('/big') big(id: bigint, @Body() given: Big): unknown[] { return [String(id), given.id, String(given.id), given.size] }
  @Post('/body') body(@Body() given: RequestParams | null): string { return given === null ? 'null' : 'an object' }
  @Post('/text') text(@Body() given: string): string { return given }
  @Post('/raw') raw(@Body({ media: 'application/octet-stream' }) given: bytes): int { return given.length }
  @Post('/form') form(@Form() name: string, @Form() list: string[] = [], @Form() count?: int): unknown[] { return [name, list, count ?? 'none'] }
  @Post('/files') files(@File() files: UploadFile[], @Form() list: string[] = []): unknown[] { return [files.map(({ filename, size }) => [filename, size]), list] }
  @Get('/plain') plain(): PlainTextResponse { return new PlainTextResponse('plain') }
  @Get('/picture', { responseClass: Picture }) *picture(): Iterable<string> { yield 'picture' }
  @Get('/lines') async *lines(): AsyncIterable<Api> { yield { name: 'a' }; yield { name: 'b' } }
  @Delete('/:id', { status: 204 }) @Throws(Forbidden) remove(id: string): void { if (id === 'kept') throw new Forbidden() }
}
@Controller('/request', { tags: ['request'] })
class Requests { @Get('/') request(): string { return 'request' } }
@Controller('/constructor', { tags: ['constructor'] })
class Constructors { @Get('/') read(): string { return 'first' } }
@Controller('/second', { tags: ['constructor'] })
class Second { @Get('/') read(): string { return 'second' } }
@Controller()
class Root { @Get('/') baseUrl(): string { return 'root' } }
export const app = new Vivace({ controllers: [Things, Requests, Constructors, Second, Root], fastify: { logger: false } });
`;

const CALLS: readonly (readonly [call: string, answer: unknown])[] = [
  ["things.one('a/b?c#d %é')", { name: 'a/b?c#d %é' }],
  ["things.below('a/b?c')", { name: 'a/b?c' }],
  ["things.word('a&b', { data: 'd', params: 'p' })", ['a&b', 'd', 'p']],
  ['things.query()', [[], 'none', 'none']],
  [
    "things.query({ list: ['a', 'b&c'], text: null, 'odd-name': 'ü +' })",
    [['a', 'b&c'], 'none', 'ü +'],
  ],
  ["things.headers({ headers: { 'x-token': 't', count: 3 } })", ['t', 3]],
  ["things.headers({ headers: new Headers({ 'x-token': 't' }) })", ['t', 0]],
  ["things.headers({ headers: [['x-token', 't']] })", ['t', 0]],
  ["things.headerList({ headers: { ids: [1], 'x-token': ['a, b'] } })", [[1], ['a, b']]],
  [
    "things.headerList({ headers: { 'x-token': ['a', 'b'] } }).catch(({ message }: Error) => ({ data: message }))",
    'x-token: fetch joins the items of a header, so that it can have one.',
  ],
  ...['9007199254740993', '-9007199254740993', '1152921504606847000', '1'].map(
    (id) =>
      [
        // As an answer gives it: the types have no other word for whole numbers than number.
        `things.big({ id: ${id}n as never }, { id: ${id}n as never, size: 2 ** 60 }).then(({ data: [path, id, body, size] }) => ({ data: [path, String(id), body, size, typeof size] }))`,
        [id, id, id, 2 ** 60, 'number'],
      ] as const,
  ),
  ['things.body(null)', 'null'],
  ['things.body({})', 'an object'],
  ['things.text(\'"quoted"\')', '"quoted"'],
  ["things.raw(new Blob(['12345']))", 5],
  ["things.form({ name: 'ü&', list: ['a', 'b'], count: 3 })", ['ü&', ['a', 'b'], 3]],
  ["things.form({ name: 'x' })", ['x', [], 'none']],
  [
    "things.files({ files: [new File(['abc'], 'a.txt'), new File(['d'], 'b.txt')], list: ['a', 'b'] })",
    [
      [
        ['a.txt', 3],
        ['b.txt', 1],
      ],
      ['a', 'b'],
    ],
  ],
  ['things.plain()', 'plain'],
  ['things.picture().then(async ({ data }) => ({ data: await data.text() }))', 'picture'],
  [
    'things.lines().then(async (lines) => ({ data: await lines.text() }))',
    '{"name":"a"}\n{"name":"b"}\n',
  ],
  ["things.remove('gone')", null],
  ["things.remove('kept')", { status: 403, error: { detail: 'no' } }],
  ['request2.request()', 'request'],
  ['constructor2.read()', 'first'],
  ['constructor2.read2()', 'second'],
  ['baseUrl2()', 'root'],
];

describe('the client is understood by the server:', () => {
  const place = folder({
    'package.json': '{ "type": "module" }',
    'tsconfig.json':
      '{ "compilerOptions": { "module": "nodenext", "target": "es2023", "strict": true, "experimentalDecorators": true, "lib": ["es2023"], "types": ["node"], "noEmit": true, "allowImportingTsExtensions": true, "exactOptionalPropertyTypes": true, "erasableSyntaxOnly": true, "verbatimModuleSyntax": true }, "include": ["src/client", "src/use.ts"] }',
    'src/app.ts': PROGRAM,
    'src/use.ts': `import { Api } from './client/client.ts';
const { things, request2, constructor2, baseUrl2 } = new Api({ baseUrl: process.argv[2]! + '/' });
const answers = await Promise.all([
${CALLS.map(([call]) => `  ${call},\n`)
  .join('')
  .replaceAll(
    /,\n/g,
    '.then(({ data }) => data, ({ status, error }) => ({ status, error })),\n',
  )}]);
console.log(JSON.stringify(answers));
`,
  });
  let server: Running;
  let answers: readonly unknown[];
  beforeAll(async () => {
    link(place.path);
    const generated = run(place.path, ['client']);
    expect([await generated.ended, generated.output]).toEqual([
      0,
      expect.stringContaining('operations'),
    ]);
    const port = await freePort();
    server = run(place.path, ['dev'], { PORT: String(port) });
    await server.says('ready in');
    const use = start(['src/use.ts', `http://127.0.0.1:${port}`], place.path);
    expect([await use.ended, use.output]).toEqual([0, expect.stringMatching(/^\[/)]);
    answers = JSON.parse(use.output) as readonly unknown[];
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    place[Symbol.dispose]();
  });

  test.each(CALLS.map(([call, answer], index) => [call, index, answer] as const))(
    '%s',
    (_, index, answer) => expect(answers[index]).toEqual(answer),
  );

  test('and its types allow what it sends', () => {
    const tsc = join(place.path, 'node_modules/typescript/bin/tsc');
    expect(execFileSync(process.execPath, [tsc, '-p', place.path], { encoding: 'utf8' })).toBe('');
  });
});
