import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoots } from '../project/sources';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly vivace?: { readonly esm?: readonly string[] };
}

/**
 * The packages of ES modules that the packages at and below a directory, and what they have
 * installed, name: `"vivace": { "esm": ["kysely", "@mikro-orm"] }` in package.json, a scope for all in it.
 */
export function esmPackagesOf(directory: string): readonly string[] {
  const seen = new Set<string>();
  const named = new Set<string>();
  const visit = (root: string, isOwn: boolean): void => {
    if (seen.has(root)) return;
    seen.add(root);
    const { vivace, ...manifest } = manifestOf(root);
    for (const name of vivace?.esm ?? []) named.add(name);
    // What a package needs that names none is code of others, and may be very much.
    if (!isOwn && vivace?.esm === undefined) return;
    const { dependencies, devDependencies, peerDependencies } = manifest;
    for (const name of Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })) {
      const installed = installedAt(root, name);
      if (installed !== undefined) visit(installed, false);
    }
  };
  for (const root of packageRoots(directory)) visit(root, true);
  return [...named];
}

function manifestOf(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

function installedAt(root: string, name: string): string | undefined {
  for (let at = root; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (at === dirname(at)) return undefined;
  }
}
