import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from './user-error';

const CODES = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

/** An import of the program that leads nowhere, in words; undefined where an error is another one. */
export function missingImport(thrown: unknown, root = process.cwd()): UserError | undefined {
  const { code, message, url, requireStack } = (thrown ?? {}) as NodeJS.ErrnoException & { url?: string; requireStack?: string[] };
  if (!(thrown instanceof Error) || !CODES.includes(code ?? '')) return undefined;
  const [, wanted, importer = requireStack?.[0]] = /^Cannot find (?:package|module) '([^']+)'(?: imported from (.+))?/.exec(message) ?? [];
  if (wanted === undefined || importer === undefined) return undefined;
  const by = sourceOf(importer, root);
  if (/^[./]|^[A-Za-z]:|^file:/.test(wanted)) {
    const file = wanted.startsWith('.') || url === undefined ? wanted : sourceOf(fileURLToPath(url), root);
    return new UserError(`${by} imports ${file}, which is not there.`, undefined, { cause: thrown });
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(wanted)![0];
  return new UserError(`${by} imports ${wanted}, which is not installed.`, `npm install ${name}`, { cause: thrown });
}

/** The file that the user wrote. */
function sourceOf(compiled: string, root: string): string {
  const path = relative(root, compiled).replaceAll('\\', '/');
  return path.startsWith('.vivace/out/') ? path.slice('.vivace/out/'.length).replace(/js$/, 'ts') : path.startsWith('..') ? compiled : path;
}
