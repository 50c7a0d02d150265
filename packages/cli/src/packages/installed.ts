import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Commands } from 'vivace/extend';
import type { Project } from '../project/project';
import { UserError } from '../terminal/user-error';

/** A dependency of a project that adds to the command line. */
export interface CommandPackage {
  readonly name: string;
  readonly commands: Commands;
}

/** Loads what the dependencies of a project add. */
export async function commandPackages(project: Project): Promise<readonly CommandPackage[]> {
  const found = Object.keys(project.dependencies).flatMap((name) => {
    const file = commandsOf(project.root, name);
    return file === undefined ? [] : [{ name, file }];
  });
  return Promise.all(
    found.map(async ({ name, file }) => ({ name, commands: await load(name, file) })),
  );
}

/** The module that `vivace.commands` of the package.json of a dependency names. */
function commandsOf(root: string, name: string): string | undefined {
  const folders = createRequire(join(root, 'package.json')).resolve.paths(name) ?? [];
  const folder = folders
    .map((path) => join(path, name))
    .find((path) => existsSync(join(path, 'package.json')));
  if (folder === undefined) return undefined;
  const { vivace } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly vivace?: { readonly commands?: string };
  };
  return vivace?.commands === undefined ? undefined : resolve(folder, vivace.commands);
}

async function load(name: string, file: string): Promise<Commands> {
  let exports: { readonly commands?: Commands };
  try {
    exports = (await import(pathToFileURL(file).href)) as { readonly commands?: Commands };
  } catch (cause) {
    throw new UserError(
      `The commands of ${name} do not load: ${(cause as Error).message}`,
      undefined,
      { cause },
    );
  }
  if (exports.commands !== undefined) return exports.commands;
  throw new UserError(`${file}, which ${name} names for its commands, exports no 'commands'.`);
}
