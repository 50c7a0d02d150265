import { statSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';

/**
 * Milliseconds to wait for more changes: editors write a file in several steps, and builds write
 * many files.
 */
const SETTLE = 15;
const SETTLE_BUILD = 150;
/** Milliseconds in which chokidar tells of a file once: what is written in them is looked for after them. */
const THROTTLE = 60;

const IGNORED = ['node_modules', 'coverage', '.vivace', '.git', '.turbo'];

/**
 * Watches the sources of a project and what other workspaces have built, and reports files that
 * changed together in one call.
 */
export async function watch(
  root: string,
  workspacePackages: readonly string[],
  changed: (files: readonly string[]) => void,
): Promise<AsyncDisposable> {
  const { watch: start } = await import('chokidar');
  const pending = new Set<string>();
  const looks = new Set<NodeJS.Timeout>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (files: readonly string[]): void => {
    const seen = files.map(stampOf);
    changed(files);
    const look = setTimeout(() => {
      looks.delete(look);
      const later = files.filter((file, index) => stampOf(file) !== seen[index]);
      if (later.length > 0) tell(later);
    }, THROTTLE);
    looks.add(look);
  };
  const report = (): void => {
    const files = [...pending];
    pending.clear();
    tell(files);
  };
  // The longest path first, because one folder may be inside another.
  const roots = [root, ...workspacePackages].toSorted((a, b) => b.length - a.length);
  const rootOf = (path: string): string =>
    roots.find((one) => path === one || path.startsWith(one + sep)) ?? root;
  const watcher = start(roots, {
    ignoreInitial: true,
    ignored: (path, stats) => {
      const own = rootOf(path);
      const parts = relative(own, path).split(sep);
      if (own === root) return parts.some((part) => part === 'dist' || IGNORED.includes(part));
      return (
        parts.some((part) => IGNORED.includes(part)) || (stats?.isFile() === true && !isBuilt(path))
      );
    },
  });
  watcher.on('all', (_event, path) => {
    const isOwn = rootOf(path) === root;
    if (!(isOwn ? matters(path) : isBuilt(path))) return;
    pending.add(path);
    clearTimeout(timer);
    timer = setTimeout(report, isOwn ? SETTLE : SETTLE_BUILD);
  });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return {
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      for (const look of looks) clearTimeout(look);
      await watcher.close();
    },
  };
}

/** Tells whether a file was written in between. */
function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return `${stats?.mtimeMs} ${stats?.size}`;
}

/**
 * Whether a change of this file starts the program again: sources, settings and compiler
 * configuration.
 */
export function matters(path: string): boolean {
  const name = basename(path);
  return (
    (/\.[cm]?[jt]sx?$/.test(name) && !isTest(name)) ||
    (/^\.env(\.|$)/.test(name) && !/\.(example|sample|template)$/.test(name)) ||
    /^(package|tsconfig.*)\.json$/.test(name)
  );
}

/** Whether this is a test, by its name. */
export function isTest(path: string): boolean {
  return /\.(test|spec|test-d)\.[cm]?[jt]sx?$/.test(path);
}

/** Whether this is a built file of a package: JavaScript or a declaration. */
export function isBuilt(path: string): boolean {
  return /(\.[cm]?js|\.d\.[cm]?ts)$/.test(path) && matters(path);
}
