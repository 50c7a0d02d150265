import { fileURLToPath } from 'node:url';
import { shownPath } from './shown-path';
import { UserError } from './user-error';

const CODES = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

/** Says which import of the program cannot be found. Undefined for every other error. */
export function missingImport(thrown: unknown, root = process.cwd()): UserError | undefined {
  const { code, message, url, requireStack } = (thrown ?? {}) as NodeJS.ErrnoException & {
    url?: string;
    requireStack?: string[];
  };
  if (!(thrown instanceof Error) || !CODES.includes(code ?? '')) return undefined;
  const [, wanted, importer = requireStack?.[0]] =
    /^Cannot find (?:package|module) '([^']+)'(?: imported from (.+))?/.exec(message) ?? [];
  if (wanted === undefined || importer === undefined) return undefined;
  const by = shownPath(importer, root);
  if (/^[./]|^[A-Za-z]:|^file:/.test(wanted)) {
    const file =
      wanted.startsWith('.') || url === undefined ? wanted : shownPath(fileURLToPath(url), root);
    return new UserError(`${by} imports ${file}, which is not there.`, undefined, {
      cause: thrown,
    });
  }
  if (isAlias(wanted, root)) {
    return new UserError(
      `${by} imports ${wanted} by 'paths' of tsconfig.json, which only the checker reads.`,
      'Write where the file is: ./…',
      {
        cause: thrown,
      },
    );
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(wanted)![0];
  return new UserError(`${by} imports ${wanted}, which is not installed.`, `npm install ${name}`, {
    cause: thrown,
  });
}

function isAlias(wanted: string, root: string): boolean {
  const { optionsOf, nearestConfig } =
    require('@vivace/compiler') as typeof import('@vivace/compiler');
  const config = nearestConfig(root);
  const paths = config === undefined ? {} : (optionsOf(config)['paths'] as object | undefined);
  return Object.keys(paths ?? {}).some((pattern) => {
    const [start = '', end] = pattern.split('*');
    return end === undefined
      ? wanted === pattern
      : wanted.startsWith(start) && wanted.endsWith(end);
  });
}
