import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  announce,
  codeOf,
  root,
  sideCar,
  Team,
  team,
  User,
  user,
  write,
} from '../../tests/written-types';
import { loadTypes } from './load';

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
