import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BootError } from '../errors/boot-error';
import type { Class } from '../declare/class';
import { loadTypes } from './load';
import type { Definition, SideCar } from './type-data';

class User {}
class Team {}

const user: Definition = {
  kind: 'class',
  line: 7,
  props: { name: { t: 'string' } },
  methods: { greet: { params: [], returns: 'string', line: 9 } },
};
const team: Definition = { kind: 'class', line: 3, props: {} };
const registry = globalThis as unknown as Record<symbol, unknown[]>;
const key = Symbol.for('vivace.types');

let root: string;
let before: unknown[];
beforeEach(() => {
  before = registry[key] ?? [];
  registry[key] = [];
  root = mkdtempSync(join(tmpdir(), 'vivace-types-'));
});
afterEach(() => {
  registry[key] = before;
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}
function sideCar(
  path: string,
  files: Record<string, string>,
  defs: Record<string, Definition>,
  more: Partial<SideCar> = {},
): void {
  const types: SideCar = { v: 1, ts: '7.0.2', root: '.', files, defs, ...more };
  const text = JSON.stringify(types);
  write(path, path.endsWith('.cjs') ? `module.exports = ${text};` : text);
}
function announce(id: string, type: Class, hash: string, file: string): void {
  registry[key]?.push([id, type, hash, file]);
}
function codeOf(load: () => unknown): BootError {
  try {
    load();
  } catch (error) {
    if (error instanceof BootError) return error;
  }
  throw new Error('no boot error');
}

describe('types that the compiler wrote', () => {
  test('join a class with its definition, by a side-car above its module', () => {
    write('package.json', '{"name":"shop"}');
    sideCar(
      '.vivace/types.json',
      { 'shop/src/a/user.ts': 'h1' },
      { 'shop/src/a/user.ts#User': user },
    );
    announce('shop/src/a/user.ts#User', User, 'h1', write('src/a/user.ts', ''));
    const types = loadTypes({ mode: 'required' });
    expect(types.mode).toBe('full');
    expect(types.definitions).toBe(1);
    expect(types.idOf(User)).toBe('shop/src/a/user.ts#User');
    expect(types.classOf('shop/src/a/user.ts#User')).toBe(User);
    expect(types.of(User)).toEqual(user);
    expect(types.of(Team)).toBeUndefined();
    expect(types.place(User)).toEqual({ file: join(root, 'src/a/user.ts'), line: 7 });
    expect(types.place(User, 'greet')).toEqual({ file: join(root, 'src/a/user.ts'), line: 9 });
    expect(types.place(Team)).toEqual({});
  });

  test('are read from the build before the package, also for a file: address', () => {
    write('package.json', '{"name":"@acme/shop"}');
    sideCar('.vivace/types.json', { '@acme/shop/src/user.ts': 'old' }, {});
    sideCar(
      'dist/__types.cjs',
      { '@acme/shop/src/user.ts': 'new' },
      { '@acme/shop/src/user.ts#User': user },
    );
    announce(
      '@acme/shop/src/user.ts#User',
      User,
      'new',
      pathToFileURL(write('dist/lib/user.js', '')).href,
    );
    expect(loadTypes({ mode: 'required' }).of(User)).toEqual(user);
  });

  test('of several packages are put together', () => {
    write('one/package.json', '{}');
    write('two/package.json', '{}');
    sideCar('one/.vivace/types.json', { 'one/src/user.ts': '1' }, { 'one/src/user.ts#User': user });
    sideCar('two/.vivace/types.json', { 'two/src/team.ts': '2' }, { 'two/src/team.ts#Team': team });
    announce('one/src/user.ts#User', User, '1', write('one/src/user.ts', ''));
    announce('two/src/team.ts#Team', Team, '2', write('two/src/team.ts', ''));
    const types = loadTypes({ mode: 'required' });
    expect([types.of(User), types.of(Team)]).toEqual([user, team]);
  });

  test('know classes of modules that load later', () => {
    write('package.json', '{}');
    sideCar(
      '.vivace/types.json',
      { 'shop/src/user.ts': '1', 'shop/src/team.ts': '2' },
      { 'shop/src/user.ts#User': user, 'shop/src/team.ts#Team': team },
    );
    announce('shop/src/user.ts#User', User, '1', write('src/user.ts', ''));
    const types = loadTypes({ mode: 'required' });
    expect(types.of(Team)).toBeUndefined();
    announce('shop/src/team.ts#Team', Team, '2', write('src/team.ts', ''));
    expect(types.of(Team)).toEqual(team);
  });

  describe('of a class that nothing has loaded', () => {
    const script = (id: string) =>
      `class Team {}; (globalThis[Symbol.for('vivace.types')] ??= []).push([${JSON.stringify(id)}, Team, '2', __filename]); exports.Team = Team;`;
    const files = { 'shop/src/user.ts': '1', 'shop/src/team.ts': '2' };
    const defs = { 'shop/src/user.ts#User': user, 'shop/src/team.ts#Team': team };

    test('load its module, once', () => {
      write('package.json', '{}');
      sideCar('dist/__types.cjs', files, defs, { scripts: { 'shop/src/team.ts': 'lib/team.js' } });
      write('dist/lib/team.js', script('shop/src/team.ts#Team'));
      announce('shop/src/user.ts#User', User, '1', write('dist/lib/user.js', ''));
      const types = loadTypes({ mode: 'required' });
      expect(types.classOf('shop/src/team.ts#Team')?.name).toBe('Team');
      expect(types.classOf('shop/src/team.ts#Team')).toBe(types.classOf('shop/src/team.ts#Team'));
    });

    test('find it in another package', () => {
      write('package.json', '{}');
      write('node_modules/@acme/teams/package.json', '{}');
      const uses = ['@acme/teams/lib/__types.cjs', '@acme/gone/__types.cjs'];
      sideCar(
        '.vivace/types.json',
        { 'shop/src/user.ts': '1' },
        { 'shop/src/user.ts#User': user },
        { uses },
      );
      const scripts = { '@acme/teams/src/team.ts': 'team.js' };
      const id = '@acme/teams/src/team.ts#Team';
      sideCar(
        'node_modules/@acme/teams/lib/__types.cjs',
        { '@acme/teams/src/team.ts': '2' },
        { [id]: team },
        { scripts },
      );
      write('node_modules/@acme/teams/lib/team.js', script(id));
      announce('shop/src/user.ts#User', User, '1', write('src/user.ts', ''));
      const types = loadTypes({ mode: 'required' });
      expect(types.definition(id)).toEqual(team);
      expect(types.classOf(id)?.name).toBe('Team');
      expect(types.definition('@acme/teams/src/other.ts#Other')).toBeUndefined();
    });

    test.each([
      ['is not there', undefined, /Cannot find module/],
      ['fails', `throw new Error('no database');`, /cannot be loaded: no database/],
      ['does not make it', '', /does not make it when it is loaded/],
    ])('are refused when its module %s', (_, text, message) => {
      write('package.json', '{}');
      sideCar('dist/__types.cjs', files, defs, { scripts: { 'shop/src/team.ts': 'team.js' } });
      if (text !== undefined) write('dist/team.js', text);
      announce('shop/src/user.ts#User', User, '1', write('dist/user.js', ''));
      const types = loadTypes({ mode: 'required' });
      const error = codeOf(() => types.classOf('shop/src/team.ts#Team'));
      expect(error.code).toBe('CLASS_NOT_LOADED');
      expect(error.message).toMatch(message);
      expect(error.write).toContain(`import '…/team.js';`);
    });

    test('know nothing of a class that was not compiled', () => {
      write('package.json', '{}');
      sideCar(
        '.vivace/types.json',
        { 'shop/src/user.ts': '1' },
        { ...defs, 'bank/lib/money.d.ts#Money': team },
      );
      announce('shop/src/user.ts#User', User, '1', write('src/user.ts', ''));
      const types = loadTypes({ mode: 'required' });
      expect(types.classOf('bank/lib/money.d.ts#Money')).toBeUndefined();
    });
  });

  test('are refused when a file has changed since, and the file and the command are named', () => {
    write('package.json', '{}');
    sideCar('.vivace/types.json', { 'shop/src/user.ts': 'old' }, { 'shop/src/user.ts#User': user });
    announce('shop/src/user.ts#User', User, 'new', write('src/user.ts', ''));
    const error = codeOf(() => loadTypes({ mode: 'required' }));
    expect(error.code).toBe('TYPES_STALE');
    expect(error.where).toEqual({ type: 'User', file: join(root, 'src/user.ts') });
    expect(error.write).toContain('npx vivace-types');
  });

  test('are refused when another version of the compiler wrote them', () => {
    write('package.json', '{}');
    write('.vivace/types.json', '{"v":2}');
    announce('shop/src/user.ts#User', User, '1', write('src/user.ts', ''));
    expect(codeOf(() => loadTypes({ mode: 'required' })).code).toBe('TYPES_STALE');
  });

  test('are missed when there is no side-car in the package, even if there is one above it', () => {
    sideCar('.vivace/types.json', { 'shop/src/user.ts': '1' }, { 'shop/src/user.ts#User': user });
    write('shop/package.json', '{}');
    announce('shop/src/user.ts#User', User, '1', write('shop/src/user.ts', ''));
    const error = codeOf(() => loadTypes({ mode: 'required' }));
    expect(error.code).toBe('TYPES_MISSING');
    expect(error.write).toContain('npx vivace-types');
  });

  test('are missed when no class was compiled', () => {
    expect(codeOf(() => loadTypes({ mode: 'required' })).code).toBe('TYPES_MISSING');
  });
});

describe('decorators only', () => {
  const decorate = (type: unknown) => Reflect.metadata('design:type', type) as PropertyDecorator;
  class Item {
    @decorate(String) name!: string;
    @decorate(Object) price!: number | null;
    @decorate(undefined) tags = [];
    buy(): void {}
  }

  test('need no side-car and give no definition', () => {
    announce('shop/src/user.ts#User', User, '1', '/nowhere/src/user.ts');
    const types = loadTypes({ mode: 'decorators' });
    expect([types.mode, types.definitions, types.of(User), types.idOf(User)]).toEqual([
      'decorators',
      0,
      undefined,
      undefined,
    ]);
  });

  test('know what the emitter left, and not what it could not name', () => {
    Reflect.defineMetadata(
      'design:paramtypes',
      [Number, Object, undefined, { enum: 1 }, User],
      Item.prototype,
      'buy',
    );
    Reflect.defineMetadata('design:paramtypes', [Team], Item);
    const types = loadTypes({ mode: 'decorators' });
    expect(
      ['name', 'price', 'tags', 'other'].map((name) => types.designOfProperty(Item, name)),
    ).toEqual([String, undefined, undefined, undefined]);
    expect(types.designOfParameters(Item, 'buy')).toEqual([
      Number,
      undefined,
      undefined,
      undefined,
      User,
    ]);
    expect(types.designOfParameters(Item)).toEqual([Team]);
    expect(types.designOfParameters(User)).toEqual([]);
  });
});
