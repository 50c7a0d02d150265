import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** The package that a file belongs to: the nearest directory with a package.json. */
export interface Package {
  readonly root: string;
  readonly name: string;
  readonly type: 'module' | 'commonjs';
  /** Others import from it: it is published, or says what it exports. */
  readonly isLibrary: boolean;
  readonly dependencies: readonly string[];
}

const known = new Map<string, Package | undefined>();

/** The package of a directory; a directory outside all packages is one itself. */
export function packageAt(directory: string): Package {
  return (
    nearest(directory) ?? {
      root: directory,
      name: basename(directory),
      type: 'commonjs',
      isLibrary: false,
      dependencies: [],
    }
  );
}

function nearest(directory: string): Package | undefined {
  if (known.has(directory)) return known.get(directory);
  const file = join(directory, 'package.json');
  const parent = dirname(directory);
  const found = existsSync(file)
    ? read(directory, file)
    : parent === directory
      ? undefined
      : nearest(parent);
  known.set(directory, found);
  return found;
}

function read(root: string, file: string): Package {
  const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const { name, type } = json;
  return {
    root,
    name: typeof name === 'string' ? name : basename(root),
    type: type === 'module' ? 'module' : 'commonjs',
    isLibrary: json['private'] !== true || 'exports' in json || 'main' in json,
    dependencies: Object.keys({
      ...(json['dependencies'] as object),
      ...(json['devDependencies'] as object),
      ...(json['peerDependencies'] as object),
    }),
  };
}

/** A path with slashes on every system, as the checker gives it; Node takes it too. */
export function portable(path: string, separator: string = sep): string {
  return path.split(separator).join('/');
}
