import type { Needs } from '../declare/provided';
import { callTraits } from './graph/call-traits';
import type { DocsGuard } from './model';
import { useOf } from './graph/requirements';
import type { OperationContext } from './operation';
import { rootNode } from './graph/root';
import { checkContexts } from './transport';
import { walkOperation } from './graph/walk';

/** What has to agree before the document and its pages are shown; undefined where everybody may see them. */
export function docsGuardOf(
  dependencies: readonly Needs[],
  context: OperationContext,
): DocsGuard | undefined {
  if (dependencies.length === 0) return undefined;
  const where = { member: 'docs.dependencies' };
  const graph = context.newGraph();
  const effects = graph.effects(
    dependencies.map((dependency) => useOf('', dependency, where, context)),
  );
  graph.finish();
  const call = (): undefined => undefined;
  const root = rootNode({
    kind: 'function',
    name: 'docs',
    call,
    inputs: [],
    ...callTraits(call, undefined),
    where,
  });
  checkContexts(walkOperation(root, effects), 'http', where);
  return Object.freeze({ root, effects, where });
}
