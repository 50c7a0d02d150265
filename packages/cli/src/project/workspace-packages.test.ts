import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../../tests/folder';
import { projectAt } from './project';
import { workspacePackagesOf } from './workspace-packages';

test('the other workspaces of a project are what it needs, directly or through others, that is not installed', () => {
  const needs = (...names: string[]) =>
    JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });
  using place = folder({
    'package.json': '{}',
    'apps/shop/package.json': needs('@mono/kit', 'lib', 'not-installed'),
    'packages/kit/package.json': needs('money'),
    'packages/money/package.json': needs('@mono/kit'),
    'packages/unused/package.json': '{}',
    'node_modules/lib/package.json': '{}',
  });
  mkdirSync(join(place.path, 'node_modules/@mono'));
  for (const [name, target] of Object.entries({
    '@mono/kit': 'kit',
    money: 'money',
    unused: 'unused',
  }))
    symlinkSync(join(place.path, 'packages', target), join(place.path, 'node_modules', name));
  const found = workspacePackagesOf(projectAt(join(place.path, 'apps/shop')));
  expect(found).toEqual(['kit', 'money'].map((name) => join(place.path, 'packages', name)));
});
