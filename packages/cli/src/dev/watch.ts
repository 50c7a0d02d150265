import { basename, relative, sep } from 'node:path';

/** Milliseconds: editors write a file in several steps. */
const SETTLE = 15;

const IGNORED = new Set(['node_modules', 'dist', 'coverage', '.vivace', '.git', '.turbo']);

/** Tells which files of a project were changed, those that were changed together at once. */
export async function watch(root: string, changed: (files: readonly string[]) => void): Promise<AsyncDisposable> {
  const { watch: start } = await import('chokidar');
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    const files = [...pending];
    pending.clear();
    changed(files);
  };
  const watcher = start(root, {
    ignoreInitial: true,
    ignored: (path) =>
      relative(root, path)
        .split(sep)
        .some((part) => IGNORED.has(part)),
  });
  watcher.on('all', (_event, path) => {
    if (!matters(path)) return;
    pending.add(path);
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLE);
  });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return {
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

/** Sources, settings, and what says how they are compiled. */
export function matters(path: string): boolean {
  const name = basename(path);
  return (
    (/\.[cm]?[jt]sx?$/.test(name) && !/\.(test|spec|test-d)\.[cm]?[jt]sx?$/.test(name)) ||
    name.startsWith('.env') ||
    /^(package|tsconfig.*)\.json$/.test(name)
  );
}
