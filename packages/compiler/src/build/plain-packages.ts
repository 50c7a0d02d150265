import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { SideCar } from '../types/type-data';

/** A package whose classes have decorators, and that was built without Vivace. */
export interface PlainPackage {
  readonly name: string;
  /** The classes that are mentioned. */
  readonly classes: readonly string[];
}

/** The packages of which a program takes decorated classes, and that `tsc` built alone. */
export function plainPackagesOf({ defs }: SideCar, root: string): PlainPackage[] {
  const scripts = Object.entries(defs).flatMap(([id, definition]) =>
    definition.kind === 'class' && definition.script !== undefined
      ? [{ name: id.slice(id.lastIndexOf('#') + 1), script: definition.script }]
      : [],
  );
  const decorated = scripts.filter(({ script }) => hasDecorators(script, root));
  const packages = Map.groupBy(decorated, ({ script }) => packageOf(script));
  return [...packages].map(([name, all]) => ({ name, classes: all.map((each) => each.name) }));
}

/** One line for a package. */
export function noteOf({ name, classes }: PlainPackage): string {
  const [verb, those] = classes.length === 1 ? ['is', 'its'] : ['are', 'their'];
  return `${name} was built without Vivace: ${classes.join(', ')} ${verb} read from its declarations, ${those} decorators and initialisers from its JavaScript. Build it with vivace build, or with tsc and npx vivace-types --inject dist.`;
}

function hasDecorators(script: string, root: string): boolean {
  const { paths } = createRequire(join(root, 'package.json')).resolve;
  const file = (paths(script) ?? [])
    .map((folder) => join(folder, script))
    .find((path) => existsSync(path));
  return (
    file !== undefined &&
    /\b(__decorate|_ts_decorate|__esDecorate)\b/.test(readFileSync(file, 'utf8'))
  );
}

function packageOf(script: string): string {
  return script
    .split('/')
    .slice(0, script.startsWith('@') ? 2 : 1)
    .join('/');
}
