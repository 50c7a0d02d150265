import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Framework = typeof import('vivace');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What most programs import. */
const USUAL = [
  'reflect-metadata',
  'vivace',
  'vivace/middleware',
  'vivace/settings',
  'class-validator',
  'class-transformer',
];

/**
 * Loads packages in advance, while the previous version of a program still serves: the usual ones, and of the project's
 * those that are made for Vivace, which do nothing before an application uses them. Others may read settings when they are loaded.
 *
 * @param root the folder of the project
 * @returns the framework that the project has
 */
export async function preload(root: string): Promise<Framework> {
  const load = createRequire(join(root, 'package.json'));
  // Imported also where `require` would do: it need not be linked once more for a program of ES modules.
  const imported = (name: string): Promise<unknown> =>
    import(pathToFileURL(load.resolve(name)).href);
  const { dependencies = {} } = load('./package.json') as Manifest;
  for (const name of new Set([...USUAL, ...Object.keys(dependencies)])) {
    try {
      if (USUAL.includes(name) || isMadeForVivace(load(`${name}/package.json`) as Manifest))
        await imported(name);
    } catch {
      // Not a dependency of this project, or not a package that can be asked.
    }
  }
  return load('vivace') as Framework;
}

function isMadeForVivace({ dependencies, peerDependencies }: Manifest): boolean {
  return 'vivace' in { ...dependencies, ...peerDependencies };
}
