import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../../tests/folder';
import { builtEntry } from './built';
import { projectAt } from './project';

describe('what vivace build made', () => {
  const say = jest.spyOn(console, 'log').mockImplementation(() => {});
  beforeEach(() => say.mockClear());
  afterAll(() => say.mockRestore());

  const APP = {
    'package.json': '{}',
    'src/app.ts': 'export const app = new Vivace();',
    'src/app.test.ts': '',
  };

  it('has to be there', () => {
    using place = folder(APP);
    expect(() => builtEntry(projectAt(place.path), undefined)).toThrow(
      'the project has not been built',
    );
  });

  it('is served with a warning where a source was changed since', () => {
    using place = folder({ ...APP, 'src/items.ts': '', 'dist/app.js': '', 'dist/__types.cjs': '' });
    const touch = (file: string, seconds: number): void =>
      utimesSync(join(place.path, file), seconds, seconds);
    for (const file of ['src/app.ts', 'src/items.ts']) touch(file, 100);
    touch('dist/__types.cjs', 200);
    touch('src/app.test.ts', 300);
    expect(builtEntry(projectAt(place.path), undefined)).toEqual({
      file: join(place.path, 'dist/app.js'),
      exported: 'app',
    });
    expect(say).not.toHaveBeenCalled();
    touch('src/items.ts', 300);
    builtEntry(projectAt(place.path), undefined);
    expect(say.mock.calls.join()).toMatch(/src.items\.ts changed after the build: vivace build/);
  });
});
