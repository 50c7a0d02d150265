import type { FastifyBaseLogger } from 'fastify';
import { describe } from '../errors/where';
import type { Node } from '../model/node';
import type { AppModel, Guard } from '../model/model';
import { nodesAmong } from '../model/graph/root';
import { walkOperation } from '../model/graph/walk';

/** Warns of schemes that stand alone in `dependencies`: they ask for credentials, and nobody looks whether these are right. */
export function warnOfUnverified(
  { operations, sockets, guards }: AppModel,
  log: Pick<FastifyBaseLogger, 'warn'>,
): void {
  const told = new Set<Function>();
  for (const operation of [...operations, ...sockets, ...guards.values()]) {
    const read = needed(operation);
    for (const scheme of operation.effects) {
      if (scheme.kind !== 'scheme' || read.has(scheme) || told.has(scheme.call)) continue;
      told.add(scheme.call);
      log.warn(
        `${describe(operation.where)}: ${scheme.name} only reads credentials, and nothing verifies them. ` +
          'Write instead: dependencies: [currentUser], with a dependency that needs the scheme and refuses wrong credentials.',
      );
    }
  }
}

function needed({ root, effects }: Guard): ReadonlySet<Node> {
  const inputs = walkOperation(root, effects).flatMap((node) => node.inputs);
  return new Set(nodesAmong(inputs));
}
