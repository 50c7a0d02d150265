import { join } from 'node:path';
import { folder } from '../../tests/folder';
import { findEntry } from './entry';
import { projectAt } from './project';

const APP = 'export const app = new Vivace();\n';

/** What is found in a project with these files. */
function found(
  files: Readonly<Record<string, string>>,
  named?: string,
): readonly [file: string, exported: string | undefined] {
  using place = folder({ 'package.json': '{}', ...files });
  const { file, exported } = findEntry(projectAt(place.path), named);
  return [file.slice(place.path.length + 1).replaceAll('\\', '/'), exported];
}

describe('the application of a project', () => {
  it.each([
    ['app', APP],
    ['app', 'const app = new Vivace();\nexport { app };\n'],
    ['default', 'export default new Vivace();\n'],
    ['createApp', 'export async function createApp() {}\n'],
    ['createApp', 'export const createApp = () => new Vivace();\n'],
  ])('is the export %s', (name, text) =>
    expect(found({ 'src/app.ts': text })).toEqual(['src/app.ts', name]),
  );

  it.each([
    ['app', 'exports.app = void 0;\nexports.app = new vivace_1.Vivace();\n'],
    ['default', 'exports.default = new vivace_1.Vivace();\n'],
  ])('is the export %s of what was built for CommonJS', (name, text) =>
    expect(found({ 'dist/app.js': text }, 'dist/app.js')).toEqual(['dist/app.js', name]),
  );

  it('is looked for in the usual files, the program before what it imports', () => {
    expect(found({ 'src/main.ts': APP, 'src/app.ts': APP })).toEqual(['src/main.ts', 'app']);
    expect(found({ 'app.ts': APP })).toEqual(['app.ts', 'app']);
    expect(found({ 'src/main.ts': 'await app.listen();\n', 'src/app.ts': APP })).toEqual([
      'src/app.ts',
      'app',
    ]);
  });

  it('may be a program that listens itself', () =>
    expect(found({ 'src/main.ts': 'await new Vivace().listen();\n' })).toEqual([
      'src/main.ts',
      undefined,
    ]));

  it('is named in package.json, or in the command, which has the last word', () => {
    const files = {
      'package.json': '{ "vivace": { "entrypoint": "lib/shop.ts" } }',
      'lib/shop.ts': APP,
      'src/app.ts': APP,
    };
    expect(found(files)).toEqual(['lib/shop.ts', 'app']);
    expect(found(files, 'src/app.ts:shop')).toEqual(['src/app.ts', 'shop']);
  });

  it('may be named by a path of Windows, whose drive has a colon too', () => {
    using place = folder({ 'package.json': '{}', 'C:/shop/app.ts': APP });
    const { exported } = findEntry(
      projectAt(place.path),
      `${join(place.path, 'C:/shop/app.ts')}:create`,
    );
    expect(exported).toBe('create');
    expect(found({ 'C:/shop/app.ts': APP }, 'C:/shop/app.ts')).toEqual(['C:/shop/app.ts', 'app']);
  });

  it('that is missing is told with what to write', () => {
    expect(() => found({})).toThrow('there is no src/main.ts, src/app.ts, main.ts, app.ts');
    expect(() => found({ 'src/app.ts': APP }, 'src/ap.ts')).toThrow('There is no file src/ap.ts.');
    expect(() => found({ 'src/app.ts': APP }, 'src')).toThrow('src is no TypeScript file.');
    expect(() => found({ 'README.md': '' }, 'README.md')).toThrow(
      'README.md is no TypeScript file.',
    );
  });

  it('needs a package.json that is JSON', () => {
    using place = folder({ 'package.json': '{ "name": ' });
    expect(() => projectAt(place.path)).toThrow('is not JSON');
  });
});
