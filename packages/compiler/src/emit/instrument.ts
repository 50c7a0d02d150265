import { applyEdits } from './edits';
import { identityEdits } from './identities';
import { loadingEdits } from './loading';
import { metadataEdits } from './metadata';
import { hashOf } from '../project/stamp';
import { moduleId } from '../project/class-ids';
import { parseScript } from './script';

/**
 * Puts identities into emitted JavaScript and guards its metadata. No line moves.
 *
 * @param code what a compiler emitted
 * @param source the file it was emitted from, and its text
 * @param isModule whether it runs as an ES module
 * @param ids those that are registered, where not all are
 */
export function instrument(
  code: string,
  source: { readonly file: string; readonly text: string },
  isModule: boolean,
  ids?: ReadonlySet<string>,
): string {
  const script = { ...parseScript(code, source.file), isModule };
  const origin = { module: moduleId(source.file), hash: hashOf(source.text), isModule, ids };
  return applyEdits(code, [
    ...loadingEdits(script, source.file),
    ...identityEdits(script, origin),
    ...metadataEdits(script),
  ]);
}
