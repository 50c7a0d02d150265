import platform, { type PlatformPath } from 'node:path';

/** Where a project keeps the JavaScript of its sources in development, from its root. */
export const DEVELOPMENT_OUTPUT = '.vivace/out';

/**
 * A path as messages show it: from where the command runs, and the source in place of what was
 * compiled for development.
 */
export function shownPath(
  file: string,
  from = process.cwd(),
  { relative, isAbsolute, sep }: PlatformPath = platform,
): string {
  const path = relative(from, file);
  // From one drive of Windows to another there is no relative path.
  if (path.startsWith('..') || isAbsolute(path)) return file;
  const portable = path.split(sep).join('/');
  const source = portable.startsWith(`${DEVELOPMENT_OUTPUT}/`)
    ? portable.slice(DEVELOPMENT_OUTPUT.length + 1).replace(/js$/, 'ts')
    : portable;
  return source || '.';
}
