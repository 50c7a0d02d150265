import { dirname } from 'node:path';
import { type Edit, insertion } from './edits';
import { packageAt } from '../project/packages';
import type { Script, ScriptNode } from './script';

/**
 * What keeps metadata is loaded before what is decorated: the helpers of emitters say nothing without it, and decorators of libraries fail.
 * So the order of imports means nothing.
 */
export function loadingEdits(
  { program, code, isModule }: Script & { readonly isModule: boolean },
  file: string,
): Edit[] {
  const loader = loaderOf(file);
  if (!loader || !/\b(__|_ts_)decorate\b/.test(code)) return [];
  const statements = program.body as readonly (ScriptNode & { readonly directive?: string })[];
  const first = statements.find(({ directive }) => directive === undefined);
  const text = isModule ? `import "${loader}";` : `require("${loader}");`;
  return first && !code.startsWith(text, first.start) ? [insertion(first.start, text)] : [];
}

/** By a package that this one says it needs: others may not be found from here. */
export function loaderOf(file: string): string | undefined {
  const { name, dependencies } = packageAt(dirname(file));
  if (name !== 'vivace' && dependencies.includes('vivace')) return 'vivace/reflect-metadata';
  return dependencies.includes('reflect-metadata') ? 'reflect-metadata' : undefined;
}
