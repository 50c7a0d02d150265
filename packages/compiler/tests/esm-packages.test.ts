import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { TestProject } from './project';

const JEST = join(dirname(require.resolve('jest/package.json')), 'bin/jest.js');

/** A project that uses a package whose ES modules stand in two others. */
function project(named: Readonly<Record<string, readonly string[]>>): TestProject {
  const manifest = (name: string, dependencies: readonly string[], more: object = {}): string =>
    JSON.stringify({
      name,
      dependencies: Object.fromEntries(dependencies.map((each) => [each, '*'])),
      ...(named[name] !== undefined && { vivace: { esm: named[name] } }),
      ...more,
    });
  return new TestProject({
    'package.json': manifest('shop', ['kit'], {
      private: true,
      jest: { preset: '@vivace/compiler/jest' },
    }),
    'src/sum.test.ts': `import { sum } from 'kit';
      test('the sum', () => expect(sum(1, 2)).toBe(3));`,
    'node_modules/kit/package.json': manifest('kit', ['sums']),
    'node_modules/kit/index.js': "exports.sum = require('sums').sum;",
    'node_modules/sums/package.json': manifest('sums', [], { type: 'module', main: 'index.js' }),
    'node_modules/sums/index.js': "export { sum } from '@numbers/plus';",
    'node_modules/@numbers/plus/package.json': manifest('@numbers/plus', [], {
      type: 'module',
      main: 'index.js',
    }),
    'node_modules/@numbers/plus/index.js': 'export const sum = (a, b) => a + b;',
  });
}

function jest({ root }: TestProject): string {
  return spawnSync(process.execPath, [JEST], { cwd: root, encoding: 'utf8' }).stderr;
}

describe('ES modules of packages in Jest', () => {
  it('are transformed where an installed package names them', () => {
    using place = project({ kit: ['sums', '@numbers'] });
    expect(jest(place)).toContain('1 passed, 1 total');
  });

  it('are transformed where the project names them', () => {
    using place = project({ shop: ['sums', '@numbers/plus'] });
    expect(jest(place)).toContain('1 passed, 1 total');
  });

  it.each([
    [{}, 'module', 'sums'],
    [{ kit: ['sums'] }, 'module', '@numbers/plus'],
    [{ kit: ['sums'] }, 'commonjs', '@numbers/plus'],
  ])('that nobody names are named by the error: %j, of type %s', (named, type, missing) => {
    using place = project(named);
    place.write({ 'node_modules/@numbers/plus/package.json': JSON.stringify({ type }) });
    expect(jest(place)).toContain(`{ "vivace": { "esm": ["${missing}"] } }`);
  });
});
