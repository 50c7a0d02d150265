import { createRequire } from 'node:module';
import type { Class } from '../declare/class';
import {
  announce,
  codeOf,
  sideCar,
  Team,
  team,
  User,
  user,
  write,
} from '../../tests/written-types';
import { loadTypes } from './load';
import type { Definition } from './type-data';

describe('types that the compiler wrote', () => {
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
  });

  describe('of a class of a package that was not compiled', () => {
    const id = 'bank/lib/money.d.ts#Money';
    const files = { 'shop/src/user.ts': '1' };
    const typesWith = (money: Definition) => {
      write('package.json', '{}');
      sideCar('.vivace/types.json', files, { 'shop/src/user.ts#User': user, [id]: money });
      announce('shop/src/user.ts#User', User, '1', write('src/user.ts', ''));
      return loadTypes({ mode: 'required' });
    };
    const money: Definition = { ...team, script: 'bank/lib/money.js' };

    test('find it where its module exports it, and know it when they meet it', () => {
      const file = write(
        'node_modules/bank/lib/money.js',
        'exports.Money = class Money {}; exports.Other = class Money {};',
      );
      const types = typesWith(money);
      const { Money, Other } = createRequire(file)(file) as Record<string, Class>;
      expect(types.idOf(Money!)).toBe(id);
      expect(types.idOf(Other!)).toBeUndefined();
      expect(types.classOf(id)).toBe(Money);
      expect(types.of(Money!)).toEqual(money);
    });

    test.each([
      ['nothing says where it is', team, undefined, /bank\/lib\/money\.d\.ts.*no JavaScript/],
      ['its JavaScript is not there', money, undefined, /no JavaScript that exports it/],
      ['its module does not export it', money, 'exports.Coin = class Money2 {}', /no JavaScript/],
      ['its module fails', money, `throw new Error('no network');`, /loaded: no network/],
    ])('are refused where %s', (_, definition, text, message) => {
      if (text !== undefined) write('node_modules/bank/lib/money.js', text);
      const error = codeOf(() => typesWith(definition).classOf(id));
      expect(error.code).toBe('CLASS_NOT_COMPILED');
      expect(error.message).toMatch(message);
      expect(error.write).toContain('npx vivace-types --inject dist');
    });
  });
});
