import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../terminal/user-error';

/** The user's package that a command works on. */
export interface Project {
  readonly root: string;
  readonly name: string;
  readonly type: 'module' | 'commonjs';
  /** `vivace` of its package.json. */
  readonly settings: { readonly entrypoint?: string };
  /** `jest` of its package.json. */
  readonly jest: unknown;
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly name?: string;
  readonly type?: string;
  readonly vivace?: { readonly entrypoint?: string };
  readonly jest?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The project at or above a directory. */
export function projectAt(directory: string): Project {
  const project = projectAbove(directory);
  if (project !== undefined) return project;
  throw new UserError(
    `There is no package.json in ${resolve(directory)} or above it.`,
    'Run this inside a project, or make one: vivace new my-api',
  );
}

/** Undefined where there is none. */
export function projectAbove(directory: string): Project | undefined {
  for (let root = resolve(directory); ; root = dirname(root)) {
    const file = join(root, 'package.json');
    if (existsSync(file)) return read(root, file);
    if (root === dirname(root)) return undefined;
  }
}

function read(root: string, file: string): Project {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch (cause) {
    throw new UserError(`${file} is not JSON: ${(cause as Error).message}`, undefined, { cause });
  }
  return {
    root,
    name: manifest.name ?? 'app',
    type: manifest.type === 'module' ? 'module' : 'commonjs',
    settings: manifest.vivace ?? {},
    jest: manifest.jest,
    dependencies: { ...manifest.devDependencies, ...manifest.dependencies },
  };
}
