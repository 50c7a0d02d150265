import { BootError } from '../../errors/boot-error';
import type { Node } from '../node';

/** Refuses a generator that closes after the response and needs one that is closed before it. */
export function checkExitScopes(nodes: readonly Node[]): void {
  for (const node of nodes) {
    if (node.generator !== true || node.exitScope !== 'request') continue;
    const closed = node.inputs
      .map((input) => (input.kind === 'node' ? closesBefore(input.node) : undefined))
      .find((found) => found !== undefined);
    if (closed === undefined) continue;
    throw new BootError(
      'EXIT_SCOPE',
      node.where,
      `${node.name} closes after the response (scope 'request') but needs ${closed.name}, which closes before it (scope 'function').`,
      `Depends(${closed.name}, { scope: 'request' }) inside ${node.name}, or the scope 'function' for ${node.name}`,
    );
  }
}

/** The generator of scope `function` that a value comes from. */
function closesBefore(node: Node): Node | undefined {
  if (node.lifetime === 'singleton') return undefined;
  if (node.generator === true) return node.exitScope === 'function' ? node : undefined;
  return node.inputs
    .map((input) => (input.kind === 'node' ? closesBefore(input.node) : undefined))
    .find((found) => found !== undefined);
}
