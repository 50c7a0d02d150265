import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { projectAt, type Project } from './project';

/**
 * The folders of the other workspaces that a project depends on, directly or through each other:
 * its packages that are links.
 */
export function workspacePackagesOf(project: Project): readonly string[] {
  const found = new Set<string>();
  const visit = ({ root, dependencies }: Project): void => {
    for (const name of Object.keys(dependencies)) {
      const folder = linked(root, name);
      if (folder === undefined || folder === project.root || found.has(folder)) continue;
      found.add(folder);
      visit(projectAt(folder));
    }
  };
  visit(project);
  return [...found];
}

/** The folder of a package that is a link to somewhere outside of node_modules. */
function linked(root: string, name: string): string | undefined {
  for (let at = root; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(folder)) {
      const path = realpathSync(folder);
      return path.includes(`${sep}node_modules${sep}`) ? undefined : path;
    }
    if (at === dirname(at)) return undefined;
  }
}
