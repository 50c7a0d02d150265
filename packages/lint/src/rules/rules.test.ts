import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { rules } from '.';

const found = (rule: string, text: string, file = '/app.ts'): string[] => {
  const { program, errors } = parseSync(file, text);
  expect(errors).toEqual([]);
  return [...rules[rule]!.find(program, file)].map(({ node }) => text.slice(node.start, node.end));
};
const operation = (body: string, decorator = "@Get('/')"): string =>
  `class Users { ${decorator} async read(id: int): Promise<User> { ${body} } }`;

describe.each([
  [
    'no-blocking-calls',
    'gotcha 99: a call that blocks the event loop',
    [
      operation("return readFileSync('a');"),
      operation("return fs.readFileSync('a');"),
      operation('return ids.map((id) => scryptSync(id, salt, 64));'),
      'const key = dependency({ id: Query(Number) }, ({ id }) => pbkdf2Sync(id));',
      "function page() { return readFileSync('a'); } const one = dependency(page); const two = dependency(page);",
      "const page = () => readFileSync('a'); export const one = dependency({}, page);",
      operation("await socket.send(readFileSync('a'));", "@WebSocketRoute('/')"),
    ],
    [
      "const page = readFileSync('a'); " + operation('return page;'),
      operation("return await readFile('a');"),
      'class Users { private load() { return readFileSync(this.path); } }',
      "function page() { return readFileSync('a'); } const text = page();",
    ],
  ],
  [
    'no-swallowed-errors',
    'gotcha 45: a catch that an HTTPException does not get out of',
    [
      operation('try { return await this.users.find(id); } catch { return null; }'),
      operation(
        'try { if (!id) throw new HTTPException(404); } catch (error) { log.error(error); }',
      ),
      'dependency(async () => { try { return await connect(); } catch { return undefined; } });',
      ...[
        '() => null',
        '() => undefined',
        '() => {}',
        '(error) => log.error(error)',
        'console.error',
      ].map((handler) => operation(`return await this.users.find(id).catch(${handler});`)),
      operation('return this.users.find(id).catch(() => null);'),
      operation(
        'const user = await this.users.find(id).then((found) => found, () => null); return user;',
      ),
      operation(
        'const { name } = (await this.users.find(id).then((a) => a).catch(() => undefined)) ?? nobody;',
      ),
      operation(
        'return await Promise.all(ids.map((each) => this.users.find(each).catch(() => null)));',
      ),
      operation('const user = this.users.find(id).catch(none); return await user;') +
        ' const none = () => null;',
      'const user = dependency(() => find().catch(() => null));',
    ],
    [
      operation('await this.users.touch(id); void send(id).catch(() => {}); return id;'),
      operation('send(id).catch((error) => log.error(error));'),
      operation('send(id).then(done, () => {});'),
      operation('(async () => { try { await send(id); } catch (error) { log.error(error); } })();'),
      operation(
        'tasks.add(async () => { try { await send(id); } catch (error) { log.error(error); } });',
      ),
      operation('tasks.add(() => send(id).catch(() => {}));'),
      operation('setTimeout(() => send(id).catch(() => {}), 1);'),
      operation('return await fetch(url).catch(() => null);'),
      operation('return await fetch(url).then((answer) => answer.json()).catch(() => null);'),
      "import { readFile } from 'node:fs/promises'; " +
        operation('return await readFile(path).catch(() => undefined);'),
      "import * as fs from 'node:fs/promises'; " +
        operation('try { return await fs.readFile(path); } catch { return undefined; }'),
      operation('return await this.users.find(id).catch((error) => { throw new Gone(error); });'),
      operation(
        'return await this.users.find(id).catch((error) => error instanceof NotFound ? null : Promise.reject(error));',
      ),
      operation('return await this.users.find(id).then((user) => user ?? nobody);'),
      operation('return await this.users.find(id).finally(() => close());'),
      operation('return await this.users.find(id).catch(orNothing);'),
      'class Users { async load(id: int) { return await this.find(id).catch(() => null); } }',
      operation(
        'try { return await this.users.find(id); } catch (error) { if (error instanceof HTTPException) throw error; return null; }',
      ),
      operation(
        'try { return await this.users.find(id); } catch (cause) { throw new HTTPException(503, undefined, { cause }); }',
      ),
      operation('try { return JSON.parse(text); } catch { return undefined; }'),
      operation('try { return JSON.parse(text.trim().slice(1)); } catch { return undefined; }'),
      operation('try { return await this.users.find(id); } finally { close(); }'),
      operation(
        'try { for await (const message of socket) await room.send(message); } catch { room.leave(); }',
        "@WebSocketRoute('/')",
      ),
    ],
  ],
  [
    'safe-patterns',
    'gotcha 41: a pattern that a client can keep busy',
    [
      'class User { @Matches(/^(a+)+$/) name!: string; }',
      "class User { @Field({ pattern: '^(\\\\w+\\\\s?)*$' }) name!: string; }",
      "const q = Query(String, { pattern: '\\\\s+$' });",
      'class User { @Matches(/^(a|aa)+$/i) name!: string; }',
      'const NAME = /^(a+)+$/; class User { @Matches(NAME) name!: string; }',
      "const NAME = '^(a+)+$'; class User { @Field({ pattern: NAME }) name!: string; }",
      'class User { @Field({ pattern: String.raw`^(\\w+\\s?)*$` }) name!: string; }',
      'class User { @Field({ pattern: `^(a+)+$` }) name!: string; }',
      "class User { @Matches(new RegExp('^(a+)+$')) name!: string; }",
    ],
    [
      'class User { @Matches(/^[A-Z]{3}-\\d+$/) name!: string; }',
      "class User { @Field({ pattern: '^[\\\\w.+-]+@[\\\\w-]+\\\\.[\\\\w.-]+$' }) name!: string; }",
      'class User { @Matches(/^[a-z0-9]+(?:-[a-z0-9]+)*$/) slug!: string; }',
      'class User { @Matches(PATTERN) slug!: string; }',
      "class User { @Field({ pattern: '(' }) name!: string; }",
    ],
  ],
  [
    'no-returned-errors',
    'gotcha 44: an error that is returned',
    [
      operation('return new HTTPException(404);'),
      'dependency(() => new HTTPException(401));',
      operation('return this.users.get(id) ?? new HTTPException(404);'),
      operation('return (found ? user : (new HTTPException(404) as never));'),
      'class Missing extends HTTPException {} class NoUser extends Missing {} dependency(() => new NoUser());',
    ],
    [
      operation('throw new HTTPException(404);'),
      'function missing() { return new HTTPException(404); }',
      'class Missing extends Entity {} dependency(() => new Missing());',
    ],
  ],
  [
    'cleanup-in-finally',
    'gotcha 61: clean-up that an error passes by',
    [
      'dependency(async function* () { const session = await open(); yield session; await session.close(); });',
      'dependency(async function* () { const session = await open(); try { yield session; } catch (error) { log(error); throw error; } await session.close(); });',
      'dependency(async function* () { const session = await open(); try { yield session; await session.close(); } catch { log(); } });',
    ],
    [
      'dependency(async function* () { const session = await open(); try { yield session; } finally { await session.close(); } });',
      'dependency(async function* () { await using session = await open(); yield session; });',
      'dependency(async function* () { const order = await begin(); yield order; await order.commit(); });',
      'dependency(async function* () { yield 1; });',
      'dependency(async function* () { const session = await open(); try { yield session; } catch { await session.abort(); throw error; } });',
      'dependency(async function* () { const session = await open(); try { yield session; } catch (error) { log(error); } await session.close(); });',
    ],
  ],
  [
    'no-changing-get',
    'gotcha 5: a GET that changes something',
    [
      "class Users { @Get('/delete') deleteUser() {} }",
      "class Users { @Get('/x') remove() {} }",
      "class Users { @Get('/role/:name') setRole() {} }",
    ],
    [
      "class Users { @Get('/') created() {} @Get('/settings') settings() {} }",
      "class Users { @Post('/') createUser() {} }",
    ],
  ],
  [
    'no-patch-defaults',
    'gotcha 24: a default that overwrites what was not sent',
    [
      "class User { role = 'reader'; } class Users { @Patch('/') change(user: User): User { return save(user); } }",
      "class Base { role = 'reader'; } class User extends Base { #key = 1; name?: string; } class Users { @Patch('/') change(user: User): User { return save(user); } }",
      "class User { role = 'reader'; } class Users { @Patch('/') change(@Body() user: User | null): User { return save(user); } }",
    ],
    [
      "class Page { limit = 20; } class Users { @Patch('/') change(@Query() page: Page): User { return save(page); } }",
      "@Injectable() class Store { rows = new Map(); } class Users { @Patch('/') change(store: Store): User { return save(store); } }",
      "class A extends B { name?: string; } class B extends A {} class Users { @Patch('/') change(user: A): User { return save(user); } }",
      "class User { role?: string; } class Users { @Patch('/') change(user: User): User { return save(user); } }",
      "class User { role = 'reader'; } class Users { @Put('/') replace(user: User): User { return save(user); } }",
      "class User { role = 'reader'; } class Users { @Patch('/') change(user: User): User { return save(fieldsSet(user)); } }",
      "class User { role = 'reader'; } class Users { @Patch('/') change(user: User): User { return dump(user, { excludeUnset: true }); } }",
    ],
  ],
  [
    'no-secret-claims',
    'gotcha 84: a secret in a token',
    [
      'await signToken({ sub, password }, key, { seconds: 60 });',
      "await signToken({ sub, 'api_key': one }, key, { seconds: 60 });",
      'const claims = { sub, passwordHash }; await signToken(claims, key, { seconds: 60 });',
      'await signToken({ ...{ sub, secret } }, key, { seconds: 60 });',
    ],
    [
      'await signToken({ sub }, password, { seconds: 60 });',
      'await signToken({ sub, passwordChangedAt, hasPassword }, key, { seconds: 60 });',
    ],
  ],
  [
    'short-tokens',
    'a token that lives too long',
    [
      'signToken({ sub }, key, { seconds: 60 * 60 * 24 });',
      'const DAY = 86_400; signToken({ sub }, key, { issuer, seconds: 7 * DAY });',
      'const options = { seconds: 86_400 }; signToken({ sub }, key, options);',
    ],
    [
      'signToken({ sub }, key, { seconds: 15 * 60 });',
      'rateLimit({ limit: 1000, seconds: 86_400 });',
    ],
  ],
  [
    'no-open-cors',
    'CORS for everybody',
    [
      'cors();',
      "cors({ origins: '*' });",
      "cors({ credentials: true,\n origins: ['*'] });",
      "const ALL = ['*']; cors({ origins: ALL });",
      "const options = { origins: '*' } as const; cors({ ...options, credentials: false });",
    ],
    ["cors({ origins: ['https://shop.example'] });", 'cors({ origins: settings.origins });'],
  ],
  [
    'safe-options',
    'an option that is not fit for production',
    [
      'new Vivace({ debug: true });',
      'new Vivace({ trustProxy: true });',
      'new Vivace({ fastify: { bodyLimit: 50 * 1024 * 1024 } });',
      'new Vivace({ fastify: {\n bodyLimit: 52_428_800 } });',
      "class Files { @Post('/', { bodyLimit: 52_428_800 }) add() {} }",
      "@Controller('/files', { bodyLimit: 52_428_800 }) class Files {}",
      'const options: VivaceOptions = { debug: true }; new Vivace(options);',
    ],
    [
      'new Vivace({ debug: settings.debug });',
      "new Vivace({ trustProxy: ['10.0.0.0/8'] });",
      'new Vivace({ fastify: { bodyLimit: 2 * 1024 * 1024 } });',
      '// new Vivace({ debug: true });',
    ],
  ],
  [
    'no-literal-secrets',
    'a secret that stands in the program',
    [
      "sessions({ secret: 'one that is long enough for a key' });",
      "sessions({ secret: [settings.secret.reveal(), 'the one before it'] });",
      "const KEY = 'one that is long enough for a key'; await signToken({ sub }, KEY, { seconds: 60 });",
      "await verifyToken(token, 'one that is long enough for a key');",
      'await verifyToken(token, `one that is long enough for a key`);',
      "await verifyToken(token, process.env['KEY'] ?? 'one that is long enough for a key');",
      "const options = { secret: 'one that is ' + 'long enough' }; sessions(options);",
    ],
    [
      'sessions({ secret: settings.secret.reveal() });',
      'await verifyToken(token, key);',
      "verify(token, 'something else');",
      "await verifyToken(token, process.env['KEY'] ?? missing());",
      'const KEY = OTHER; const OTHER = KEY; await verifyToken(token, KEY);',
    ],
  ],
  [
    'no-keys',
    'a key in the program',
    [
      "const key = '-----BEGIN PRIVATE KEY-----';",
      'const key = `\n-----BEGIN RSA PRIVATE KEY-----`;',
      `const key = 'ghp_${'a1'.repeat(18)}';`,
      `const key = 'AIza${'a1-b_'.repeat(7)}';`,
      `const key = 'xoxb-${'12'.repeat(10)}-abc';`,
    ],
    ["const key = '-----BEGIN PUBLIC KEY-----';", "const prefix = 'ghp_';"],
  ],
])('%s', (rule, what, wrong, right) => {
  test.each(wrong)(`${what} is found: %s`, (text) => expect(found(rule, text)).toHaveLength(1));
  test.each(right)(`and this is none: %s`, (text) => expect(found(rule, text)).toEqual([]));
});

describe('gotcha 24: the class of a body', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vivace-lint-'));
  beforeAll(() =>
    writeFileSync(
      join(folder, 'users.models.ts'),
      "export class User { name!: string; role = 'reader'; }",
    ),
  );
  beforeAll(() => {
    writeFileSync(join(folder, 'all.ts'), "export * from './users.models.js';");
    writeFileSync(join(folder, 'circle.ts'), "export { User } from './circle.js';");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['./users.models', ['user: Person']],
    ['./users.models.js', ['user: Person']],
    ['./all.js', ['user: Person']],
    ['./circle.js', []],
    ['./elsewhere.js', []],
  ])('is looked up in the file that it is imported from: %s', (models, places) => {
    const text = `import { User as Person } from '${models}'; class Users { @Patch('/') change(user: Person): Person { return user; } }`;
    expect(found('no-patch-defaults', text, join(folder, 'users.controller.ts'))).toEqual(places);
  });
});
