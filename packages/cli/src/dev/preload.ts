import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What most programs import. */
const USUAL = ['reflect-metadata', 'vivace', 'class-validator', 'class-transformer'];

/**
 * Loads packages in advance, while the previous version of a program still serves: the usual ones, and of the project's
 * those that are made for Vivace, which do nothing before an application uses them. Others may read settings when they are loaded.
 *
 * @param root the folder of the project
 */
export function preload(root: string): void {
  const load = createRequire(join(root, 'package.json'));
  const { dependencies = {} } = load('./package.json') as Manifest;
  for (const name of new Set([...USUAL, ...Object.keys(dependencies)])) {
    try {
      if (USUAL.includes(name) || isMadeForVivace(load(`${name}/package.json`) as Manifest))
        load(name);
    } catch {
      // Not a dependency of this project, or not a package that can be asked.
    }
  }
}

function isMadeForVivace({ dependencies, peerDependencies }: Manifest): boolean {
  return 'vivace' in { ...dependencies, ...peerDependencies };
}
