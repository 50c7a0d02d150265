import { callTraits } from './call-traits';
import type { DocsGuard } from './model';
import { useOf } from './needs';
import type { Workshop } from './operation';
import { nodesAmong, rootNode } from './root';
import { checkContexts } from './transport';
import { walkOperation } from './walk';

/** What has to agree before the document and its pages are shown; undefined where everybody may see them. */
export function docsGuardOf(
  dependencies: readonly unknown[],
  { ground, graph: newGraph }: Workshop,
): DocsGuard | undefined {
  if (dependencies.length === 0) return undefined;
  const where = { member: 'docs.dependencies' };
  const graph = newGraph();
  const inputs = graph.inputs(
    dependencies.map((dependency) => useOf('', dependency, where, ground)),
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
  const effects = nodesAmong(inputs);
  checkContexts(walkOperation(root, effects), 'http', where);
  return Object.freeze({ root, effects, where });
}
