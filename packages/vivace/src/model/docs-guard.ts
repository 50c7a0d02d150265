import { callTraits } from './call-traits';
import type { DocsGuard, Node } from './model';
import { useOf } from './needs';
import type { Workshop } from './operation';
import { checkContexts } from './transport';
import { walkOperation } from './walk';

/** What has to agree before the document and its pages are shown; undefined where everybody may see them. */
export function docsGuardOf(dependencies: readonly unknown[], { ground, graph: newGraph }: Workshop): DocsGuard | undefined {
  if (dependencies.length === 0) return undefined;
  const where = { member: 'docs.dependencies' };
  const graph = newGraph();
  const inputs = graph.inputs(dependencies.map((dependency) => useOf('', dependency, where, ground)));
  graph.finish();
  const call = (): undefined => undefined;
  const root: Node = Object.freeze({
    kind: 'function',
    name: 'docs',
    call,
    inputs: Object.freeze([]),
    ...callTraits(call, undefined),
    lifetime: 'request',
    exitScope: 'function',
    early: false,
    credentials: undefined,
    scopes: Object.freeze([]),
    where,
  });
  const effects = Object.freeze(inputs.flatMap((input) => (input.kind === 'node' ? [input.node] : [])));
  checkContexts(walkOperation(root, effects), 'http', where);
  return Object.freeze({ root, effects, where });
}
