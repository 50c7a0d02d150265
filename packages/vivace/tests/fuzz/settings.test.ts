import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from 'vivace';
import { Settings, loadSettings } from 'vivace/settings';
import { BootError } from '../../src/errors/boot-error';
import { names, Scalars } from './server';
import { fuzzed, texts, values } from './texts';

class Inner extends Scalars {
  list: Scalars[] = [];
  secret?: Secret<string>;
}
@Settings({ prefix: 'A_' })
class All extends Scalars {
  inner?: Inner;
  list: string[] = [];
  map: Record<string, number> = {};
}

let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'vivace-fuzz-'))));
afterAll(() => rmSync(directory, { recursive: true }));

/** Loads settings, or says what is wrong with all of them. */
function load(environment: Readonly<Record<string, string>>): void {
  try {
    loadSettings(All, environment);
  } catch (error) {
    if (!(error instanceof BootError && error.code === 'SETTINGS_INVALID')) throw error;
  }
}

const variable = fc.oneof(
  fc.constantFrom(...names, 'inner', 'list', 'map', 'inner__list', 'inner__secret'),
  fc.tuple(fc.constant('inner__'), fc.constantFrom(...names)).map((parts) => parts.join('')),
);
const value = fc.oneof(
  texts,
  values.map((each) => JSON.stringify(each)),
);

describe('settings are read, or said to be wrong, whatever stands', () => {
  it('in the environment', () => {
    fc.assert(
      fc.property(fc.dictionary(variable, value, { noNullPrototype: true }), (given) => {
        const named = Object.entries(given).map(([name, text]) => [
          `A_${name.toUpperCase()}`,
          text,
        ]);
        load(Object.fromEntries(named) as Record<string, string>);
      }),
      fuzzed(500),
    );
  });

  it('in a file', () => {
    const path = join(directory, '.env');
    @Settings({ envFile: path })
    class Filed extends Scalars {}
    const line = fc.tuple(variable, value).map(([name, text]) => `${name.toUpperCase()}=${text}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(line, texts), { maxLength: 5 }), (lines) => {
        writeFileSync(path, lines.join('\n'));
        try {
          loadSettings(Filed, {});
        } catch (error) {
          if (!(error instanceof BootError)) throw error;
        }
      }),
      fuzzed(200),
    );
  });
});
