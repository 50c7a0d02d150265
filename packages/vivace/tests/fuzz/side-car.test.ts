import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { loadTypes } from '../../src/reflect/load';
import { SchemaBuilder } from '../../src/schema/builder';
import { BootError } from '../../src/errors/boot-error';
import { announce, sideCar, User, user, write } from '../written-types';
import { fuzzed, texts } from './texts';

const ID = 'shop/src/a/user.ts#User';

describe('a file of types', () => {
  it('that is damaged is an error at boot, or read as what it says', () => {
    write('package.json', '{"name":"shop"}');
    sideCar('.vivace/types.json', { 'shop/src/a/user.ts': 'h1' }, { [ID]: user });
    announce(ID, User, 'h1', write('src/a/user.ts', ''));
    const path = write('.vivace/copy.json', '').replace('copy', 'types');
    const whole = readFileSync(path, 'utf8');
    let turn = 0;
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(12), texts, (at, length, by) => {
        // Each time another file, since what was read is kept by the time of its change.
        turn += 1;
        write('.vivace/types.json', whole.slice(0, at) + by + whole.slice(at + length));
        announce(`${ID}${turn}`, User, 'h1', path);
        try {
          const types = loadTypes({ mode: 'required' });
          new SchemaBuilder(types, { extra: 'ignore', strict: false }).fromClass(User, {});
        } catch (error) {
          if (!(error instanceof BootError)) throw error;
        }
      }),
      fuzzed(200),
    );
  });
});
