import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface InstallSize {
  readonly packages: number;
  /** Bytes of their files. */
  readonly bytes: number;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What packages take on the disk with all that they depend on, as `npm install --omit=dev` puts it there. */
export function installSize(folder: string, packages: readonly string[]): InstallSize {
  const found = new Set<string>();
  const waiting = packages.map((name) => ({ name, from: folder }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const directory = find(next.name, next.from);
    if (directory === undefined || found.has(directory)) continue;
    found.add(directory);
    const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
      waiting.push({ name, from: directory });
  }
  const sizes = [...found].map((directory) => sizeOf(directory));
  return { packages: found.size, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** As Node looks for a package; undefined for one of another platform. */
function find(name: string, from: string): string | undefined {
  for (let base = from; ; base = dirname(base)) {
    const directory = join(base, 'node_modules', name);
    if (existsSync(join(directory, 'package.json'))) return realpathSync(directory);
    if (dirname(base) === base) return undefined;
  }
}

/** Of a package of ours only what is published. */
function sizeOf(directory: string): number {
  const isOurs = existsSync(join(directory, 'tsconfig.json')) && existsSync(join(directory, 'src'));
  return sizeBelow(isOurs ? join(directory, 'dist') : directory);
}

function sizeBelow(directory: string): number {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && !entry.name.endsWith('.tsbuildinfo'))
    .map((entry) => join(directory, entry.name))
    .reduce((sum, path) => {
      const stats = lstatSync(path);
      return sum + (stats.isDirectory() ? sizeBelow(path) : stats.size);
    }, 0);
}
