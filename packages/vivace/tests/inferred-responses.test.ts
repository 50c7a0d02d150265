import { Exclude } from 'class-transformer';
import { MinLength } from 'class-validator';
import { EventEmitter } from 'node:events';
import { Controller, Get, int, HTTPException, Post, Vivace } from 'vivace';
import { HTMLResponse, JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

class Hero {
  id!: int;
  name!: string;
  #power = 9;
  private secret = 'kryptonite';
  protected shield = true;
  get title(): string {
    return `the ${this.name}`;
  }
  /** A method is no data. */
  strength(): number {
    return this.#power + this.secret.length + Number(this.shield);
  }
  static named(name: string): Hero {
    return Object.assign(new Hero(), { id: 1, name, added: 'later' });
  }
}
class Villain {
  @MinLength(2) name!: string;
  @Exclude() plan = 'a secret';
  since: Date = new Date(0);
}
enum Color {
  Red = 'red',
  Blue = 'blue',
}
interface Team {
  leader: Hero;
  members: Hero[];
}
interface Tree {
  value: number;
  children: Tree[];
}
const hero = Hero.named('ann');
const villain: Villain = Object.assign(new Villain(), { name: 'zod' });
const stored = { id: 1, password: 'x' };
const maybe = (): boolean => Math.random() < 2;
const heroes = new Map([['ann', hero]]);

/** Each handler without a type, and with the one that the editor shows. */
@Controller()
class Inferred {
  @Get('/literal') literal() {
    return { ok: true, count: 3, text: 'a' };
  }
  @Get('/nested') nested() {
    return { hero, list: [{ a: 1 }, { a: 2, b: 'x' }], deep: { deeper: { at: new Date(0) } } };
  }
  @Get('/class') class() {
    return hero;
  }
  @Get('/later') async later() {
    return hero;
  }
  @Get('/promise') promise() {
    return Promise.resolve([hero]);
  }
  @Get('/either') either() {
    return maybe() ? Promise.resolve(hero) : null;
  }
  @Get('/missing') missing() {
    return [hero].find(({ id }) => id === 1);
  }
  @Get('/nothing') nothing() {
    heroes.get('none');
  }
  @Get('/text') text() {
    return 'text';
  }
  @Get('/choice') choice() {
    return maybe() ? 'a' : 'b';
  }
  @Get('/constant') constant() {
    return { kind: 'x' as const, sizes: [1, 2] as const };
  }
  @Get('/enum') enum() {
    return { color: Color.Red, all: Object.values(Color) };
  }
  @Get('/two') two() {
    return maybe() ? hero : villain;
  }
  @Get('/spread') spread() {
    return { ...hero, extra: 1n };
  }
  @Get('/omit') omit() {
    const shown: Omit<Hero, 'name'> = hero;
    return shown;
  }
  @Get('/alias') alias() {
    const team: Team = { leader: hero, members: [hero] };
    return team;
  }
  @Get('/tree') tree() {
    const tree: Tree = { value: 1, children: [{ value: 2, children: [] }] };
    return tree;
  }
  @Get('/containers') containers() {
    return { map: heroes, set: new Set([1, 2]), record: { a: 1 } as Record<string, int> };
  }
  @Get('/iterator') iterator() {
    return heroes.values();
  }
  @Get('/optional') optional() {
    return maybe() ? { a: 1 } : { a: 2, b: 'b' };
  }
  @Get('/narrowed') narrowed() {
    const given = 'text' as unknown;
    return { given: given ?? null };
  }
  @Get('/count') count(id: int = 3) {
    return id;
  }
  @Get('/pair') pair(): [int, string] {
    return [1, 'a'];
  }
  @Get('/generator') *generator() {
    yield hero;
  }
  @Get('/events') async *events() {
    yield { at: 1 };
  }
  @Get('/response') response() {
    return maybe() ? new HTMLResponse('<p>') : { id: 1, name: 'a' };
  }
  @Get('/error') error() {
    return maybe() ? hero : new HTTPException(404);
  }
  @Get('/unwanted') unwanted() {
    const row: { id: number } = stored;
    return row;
  }
  @Post('/empty', { status: 204 }) empty() {
    return undefined;
  }
}

@Controller()
class Written {
  @Get('/literal') literal(): { ok: boolean; count: number; text: string } {
    return { ok: true, count: 3, text: 'a' };
  }
  @Get('/nested') nested(): {
    hero: Hero;
    list: ({ a: number; b?: undefined } | { a: number; b: string })[];
    deep: { deeper: { at: Date } };
  } {
    return { hero, list: [{ a: 1 }, { a: 2, b: 'x' }], deep: { deeper: { at: new Date(0) } } };
  }
  @Get('/class') class(): Hero {
    return hero;
  }
  @Get('/later') async later(): Promise<Hero> {
    return hero;
  }
  @Get('/promise') promise(): Promise<Hero[]> {
    return Promise.resolve([hero]);
  }
  @Get('/either') either(): Promise<Hero> | null {
    return maybe() ? Promise.resolve(hero) : null;
  }
  @Get('/missing') missing(): Hero | undefined {
    return [hero].find(({ id }) => id === 1);
  }
  @Get('/nothing') nothing(): void {
    heroes.get('none');
  }
  @Get('/text') text(): string {
    return 'text';
  }
  @Get('/choice') choice(): 'a' | 'b' {
    return maybe() ? 'a' : 'b';
  }
  @Get('/constant') constant(): { kind: 'x'; sizes: readonly [1, 2] } {
    return { kind: 'x', sizes: [1, 2] };
  }
  @Get('/enum') enum(): { color: Color; all: Color[] } {
    return { color: Color.Red, all: Object.values(Color) };
  }
  @Get('/two') two(): Hero | Villain {
    return maybe() ? hero : villain;
  }
  @Get('/spread') spread(): { id: int; name: string; extra: bigint } {
    return { ...hero, extra: 1n };
  }
  @Get('/omit') omit(): Omit<Hero, 'name'> {
    return hero;
  }
  @Get('/alias') alias(): Team {
    return { leader: hero, members: [hero] };
  }
  @Get('/tree') tree(): Tree {
    return { value: 1, children: [{ value: 2, children: [] }] };
  }
  @Get('/containers') containers(): {
    map: Map<string, Hero>;
    set: Set<number>;
    record: Record<string, int>;
  } {
    return { map: heroes, set: new Set([1, 2]), record: { a: 1 } };
  }
  @Get('/iterator') iterator(): Hero[] {
    return [...heroes.values()];
  }
  @Get('/optional') optional(): { a: number; b?: undefined } | { a: number; b: string } {
    return maybe() ? { a: 1 } : { a: 2, b: 'b' };
  }
  @Get('/narrowed') narrowed(): { given: unknown } {
    return { given: 'text' };
  }
  @Get('/count') count(id: int = 3): int {
    return id;
  }
  @Get('/pair') pair(): [int, string] {
    return [1, 'a'];
  }
  @Get('/generator') *generator(): Generator<Hero> {
    yield hero;
  }
  @Get('/events') async *events(): AsyncGenerator<{ at: number }> {
    yield { at: 1 };
  }
  @Get('/response') response(): HTMLResponse | { id: number; name: string } {
    return maybe() ? new HTMLResponse('<p>') : { id: 1, name: 'a' };
  }
  @Get('/error') error(): Hero | HTTPException {
    return maybe() ? hero : new HTTPException(404);
  }
  @Get('/unwanted') unwanted(): { id: number } {
    return stored;
  }
  @Post('/empty', { status: 204 }) empty(): undefined {
    return undefined;
  }
}

const inferred = new Vivace({ controllers: [Inferred] });
const written = new Vivace({ controllers: [Written] });

describe('an inferred return type', () => {
  it('is documented as the written one', async () => {
    const document = await inferred.openapi();
    const other = await written.openapi();
    for (const [path, item] of Object.entries(other.paths))
      expect([path, document.paths[path]]).toEqual([path, item]);
    expect(document.components).toEqual(other.components);
  });

  it('answers as the written one', async () => {
    await using one = await testClient(inferred);
    await using two = await testClient(written);
    for (const path of Object.keys((await inferred.openapi()).paths).filter(
      (each) => each !== '/empty',
    )) {
      const [own, other] = [await one.get(path), await two.get(path)];
      expect([path, own.status, own.headers.get('content-type'), own.text]).toEqual([
        path,
        other.status,
        other.headers.get('content-type'),
        other.text,
      ]);
    }
    expect((await one.get('/class')).json()).toEqual({ id: 1, name: 'ann' });
    expect((await one.get('/unwanted')).json()).toEqual({ id: 1 });
  });
});

const anything = (): any => ({ id: 1, password: 'x' });
@Controller()
class Open {
  @Get('/any') any() {
    return anything();
  }
  @Get('/later') async later() {
    return anything();
  }
  @Get('/unknown') unknown() {
    return anything() as unknown;
  }
  @Get('/object') object() {
    return anything() as object;
  }
  @Get('/function') function() {
    return { id: 1, run: () => 1 };
  }
  @Get('/stream') stream() {
    return new EventEmitter();
  }
  @Get('/machine') machine() {
    return { id: 1, agent: undefined as unknown as import('node:http').Agent };
  }
  @Get('/symbol') symbol() {
    return { id: 1, mark: Symbol.iterator as symbol | undefined };
  }
  @Get('/made') made() {
    return this.items();
  }
  @Get('/empty', { status: 204 }) empty() {
    return heroes.delete('nobody');
  }
  @Get('/meant', { response: false }) meant() {
    return anything();
  }
  @Get('/none') none() {
    return undefined;
  }
  @Get('/thrown') thrown() {
    throw new HTTPException(404);
  }
  @Get('/json') json() {
    return new JSONResponse({ id: 1 });
  }
  *items() {
    yield { id: 1 };
  }
}

describe('an inferred type that says nothing, or is no data', () => {
  const schemaAt = async (path: string) => {
    const { paths } = await new Vivace({ controllers: [Open] }).openapi();
    const content = (paths[path] as any).get.responses['200'].content;
    return content['application/json'].schema;
  };

  it.each(['any', 'later', 'unknown', 'object', 'function', 'stream', 'machine', 'symbol', 'made'])(
    'makes no model: %s',
    async (path) => expect(await schemaAt(`/${path}`)).toEqual({}),
  );

  it('is no error, and the answer is as before', async () => {
    await using client = await testClient(new Vivace({ controllers: [Open] }));
    expect((await client.get('/any')).json()).toEqual({ id: 1, password: 'x' });
    expect((await client.get('/later')).json()).toEqual({ id: 1, password: 'x' });
    expect((await client.get('/made')).text).toBe('{"id": 1}\n');
    expect((await client.get('/empty')).status).toBe(204);
  });

  it('is said once by operation in development', async () => {
    const lines: string[] = [];
    const logger = { stream: { write: (line: string) => void lines.push(line) }, level: 'info' };
    await using _ = await new Vivace({ controllers: [Open], logger }).build();
    const said = lines.filter((line) => line.includes('the answer has no model'));
    const names = said.map((line) => /Open\.(\w+)/.exec(line)?.[1]);
    expect(names.join(' ')).toBe('any later unknown object function stream machine symbol made');
    expect(said[0]).toContain('its type is not written and it is any');
  });
});

@Controller()
class Leaky {
  @Get('/') read(id: int = 1) {
    return { id, secret: 'x' };
  }
  @Get('/row') row() {
    const row: { id: number } = stored;
    return row;
  }
  @Get('/free', { response: false }) free() {
    const row: { id: number } = stored;
    return row;
  }
}

describe('the rule of an application or of one build', () => {
  const app = new Vivace({ controllers: [Leaky] });
  const other = new Vivace({ controllers: [Leaky], responseModels: 'written' });

  it('is that inferred types count', async () => {
    await using client = await testClient(app);
    expect((await client.get('/row')).json()).toEqual({ id: 1 });
    expect((await client.get('/free')).json()).toEqual({ id: 1, password: 'x' });
  });

  it.each([
    ['of the application', () => testClient(other)],
    ['of a test', () => testClient(app, { responseModels: 'written' })],
  ])('may be that of FastAPI: %s', async (_, build) => {
    await using client = await build();
    expect((await client.get('/row')).json()).toEqual({ id: 1, password: 'x' });
    const { paths } = (await client.get('/openapi.json')).json() as any;
    expect(paths['/row'].get.responses['200'].content['application/json'].schema).toEqual({});
  });

  it('counts for documents, and for what is mounted', async () => {
    const plain = { paths: { '/row': expect.anything() } };
    expect(await app.openapi({ responseModels: 'written' })).toEqual(await other.openapi());
    expect(await other.openapi({ responseModels: 'inferred' })).toEqual(await app.openapi());
    expect(await app.openapi()).toMatchObject(plain);
    const outer = new Vivace().mount('/inner', app);
    await using client = await testClient(outer, { responseModels: 'written' });
    expect((await client.get('/inner/row')).json()).toEqual({ id: 1, password: 'x' });
  });
});
