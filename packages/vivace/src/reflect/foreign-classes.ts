import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Class } from '../declare/class';
import { nameOf } from './registry';
import type { TypedPackage } from './side-car';
import type { DefinitionMap } from './type-data';

interface Script {
  /** By package and path, such as `@acme/base/dist/dto.js`. */
  readonly name: string;
  /** The package that mentions it. */
  readonly from: TypedPackage;
}

/**
 * The classes of packages that were not compiled with Vivace. Their types are known by declarations; their decorators and
 * initialisers are with the class itself, which does not announce itself: it is what its module exports.
 */
export class ForeignClasses {
  readonly #scripts = new Map<string, Script>();
  readonly #ids = new Map<string, readonly string[]>();

  /** Notes the scripts of a package's side-car. */
  add(defs: DefinitionMap, from: TypedPackage): void {
    for (const [id, definition] of Object.entries(defs)) {
      if (definition.kind !== 'class' || definition.script === undefined) continue;
      this.#scripts.set(id, { name: definition.script, from });
      this.#ids.set(nameOf(id), [...(this.#ids.get(nameOf(id)) ?? []), id]);
    }
  }

  /** The ids of the classes of a name. */
  named(name: string): readonly string[] {
    return this.#ids.get(name) ?? [];
  }

  /** The script of a class, by package and path. */
  scriptOf(id: string): string | undefined {
    return this.#scripts.get(id)?.name;
  }

  /** Loads a class: its file, and what it is; undefined where its module exports no class of that name. */
  load(id: string): { readonly file: string; readonly type: Class } | undefined {
    const script = this.#scripts.get(id);
    const file = script && locate(script);
    if (file === undefined) return undefined;
    const exported = createRequire(file)(file) as Readonly<Record<string, unknown>>;
    const values = [exported[nameOf(id)], exported['default'], ...Object.values(exported)];
    const type = values.find((value) => isClass(value) && value.name === nameOf(id));
    return type === undefined ? undefined : { file, type: type as Class };
  }
}

/** What a package exports under a name, for one of the packages that may have it installed. */
export function exportOf(roots: readonly string[], module: string, name: string): unknown {
  for (const root of roots) {
    try {
      const exported: unknown = createRequire(join(root, 'package.json'))(module);
      return (exported as Readonly<Record<string, unknown>>)[name];
    } catch {
      // It is not installed there.
    }
  }
  return undefined;
}

function locate({ name, from }: Script): string | undefined {
  const { paths } = createRequire(join(from.root, 'package.json')).resolve;
  const file = (paths(name) ?? [])
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  return file && realpathSync(file);
}

function isClass(value: unknown): value is Class {
  return typeof value === 'function' && value.prototype !== undefined;
}
