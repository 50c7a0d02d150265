import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every public decorator and the functions that give something of ours, exported: their types have to have names that another package can write. */
const program = `import { Body, Controller, Cookie, Delete, dependency, Depends, Field, FieldValidator, File, Form, Get, Header, Injectable, int, make, Model, ModelValidator, on, oneOf, parse, Patch, Path, Post, provide, Put, Query, Route, Security, Throws, Vivace, WebSocketRoute, copy, dump, fieldsSet, jsonable, HTTPException, Reply, type Class } from 'vivace';
import { cache, cors, compress, decompress, etag, idempotency, memoryStore, requestId, securityHeaders, sessions, timeout, trustedHosts, accessLog, deprecation, httpsRedirect, processTime } from 'vivace/middleware';
import { APIKeyHeader, anyOf, HTTPBearer, OAuth2PasswordBearer, Public, RefreshTokens, signToken, verifyToken } from 'vivace/security';
import { Settings, envExample, loadSettings } from 'vivace/settings';
import { override, testClient } from 'vivace/testing';
import { JSONResponse, Page, Templates } from 'vivace/responses';
export const controller = Controller('/x'); export const injectable = Injectable(); export const settings = Settings(); export const model = Model();
export const get = Get('/'); export const getTyped = Get('/', { response: Number }); export const post = Post(); export const put = Put(); export const patch = Patch(); export const del = Delete(); export const route = Route('GET'); export const socket = WebSocketRoute('/'); export const throwsIt = Throws(404); export const open = Public();
export const field = Field(); export const fieldValidator = FieldValidator('name'); export const modelValidator = ModelValidator(); export const before = ModelValidator({ mode: 'before' });
export const path = Path(); export const query = Query(int, { default: 1 }); export const header = Header('x'); export const cookie = Cookie(); export const body = Body(); export const form = Form(); export const file = File();
export const page = dependency({ skip: Query(int, { default: 0 }) }, ({ skip }) => ({ skip })); export const uses = Depends(page); export const secured = Security(page, ['a']);
export const provided = provide(Error, TypeError); export const handler = on(TypeError, () => new JSONResponse({})); export const one = oneOf('a', 'b');
export const scheme = new APIKeyHeader({ key: 'x' }); export const either = anyOf({ key: scheme, bearer: new HTTPBearer() }); export const oauth = new OAuth2PasswordBearer({ tokenUrl: '/t' });
export const middleware = [cors({ origins: ["https://a.example"] }), compress(), decompress(), etag(), requestId(), securityHeaders(), timeout(1), trustedHosts(['a']), accessLog(), httpsRedirect(), processTime(), cache({ seconds: 1 })];
export const store = memoryStore();
export const app = new Vivace({ controllers: [], title: 'x' }); export const built = app.build(); export const listening = () => app.listen(); export const document = app.openapi(); export const routes = app.routes();
export const client = () => testClient(app); export const over = override(page, () => ({ skip: 1 }));
class Item { name!: string }
export const parsed = () => parse(Item, {}); export const made = () => make(Item, { name: 'a' }); export const copied = () => copy(new Item(), {}); export const dumped = () => dump(new Item()); export const fields = () => fieldsSet(new Item()); export const json = () => jsonable(1);
export const error = new HTTPException(404); export const exampleText = () => envExample(Item); export const loaded = () => loadSettings(Item);
export const setCookie = (reply: Reply) => reply.setCookie; export const classes: readonly Class[] = [Item];
export class Own extends Vivace {}
`;
const compilerOptions = {
  target: 'es2023',
  module: 'nodenext',
  strict: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  declaration: true,
  outDir: 'dist',
  rootDir: '.',
  types: ['node'],
  skipLibCheck: true,
};

test('a program of another package compiles with "declaration": true, and its declarations say what it exports', () => {
  const base = join(__dirname, '../.vivace');
  mkdirSync(base, { recursive: true });
  const root = mkdtempSync(join(base, 'declarations-'));
  try {
    writeFileSync(join(root, 'package.json'), '{"name":"shop","type":"module","private":true}');
    writeFileSync(
      join(root, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['main.ts'] }),
    );
    writeFileSync(join(root, 'main.ts'), program);
    const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', root], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(readFileSync(join(root, 'dist/main.d.ts'), 'utf8')).toContain('Decorated<');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
