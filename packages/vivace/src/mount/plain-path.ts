import { sep } from 'node:path';

/** What names a file in another way: on Windows also a stream (`a.txt::$DATA`), a drive, a short name (`GIT~1`), or what is cut off its end. */
const OTHER_NAMES = { '/': /[\0\\]/, '\\': /[\0\\:]|~\d|[. ](?:\/|$)/ } as const;

/** Whether a path below a directory means what it says: no name begins with a dot, but the directory that RFC 8615 knows. */
export function isPlain(path: string, separator: '/' | '\\' = sep): boolean {
  return (
    !OTHER_NAMES[separator].test(path) &&
    path.split('/').every((name) => !name.startsWith('.') || name === '.well-known')
  );
}
