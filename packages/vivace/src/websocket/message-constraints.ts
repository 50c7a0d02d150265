import { compileResolver } from '../compile/compile';
import type { Incoming, Runtime } from '../compile/runtime';
import type { Request } from '../declare/context-classes';
import { exchangeOfRequest } from '../http/exchange-of';
import type { RequestedConstraints } from '../model/build';
import type { Node } from '../model/node';
import type { ConstraintInstances } from '../schema/constraint-instances';

/** Gives what the container made for the constraints of a type of messages, once for each WebSocket. */
export type MessageConstraints = (request: Request) => Promise<ConstraintInstances>;

/**
 * Makes the function that resolves constraints for WebSockets; what it opens is closed with the handler.
 *
 * @param open opens the singletons that nothing else has needed so far
 */
export function messageConstraints(
  { constraints, singletons }: RequestedConstraints,
  runtime: Runtime,
  open: (nodes: readonly Node[]) => Promise<void>,
): MessageConstraints | undefined {
  if (constraints.length === 0) return undefined;
  let resolver: Promise<ReturnType<typeof compileResolver>> | undefined;
  const made = new WeakMap<Request, Promise<ConstraintInstances>>();
  const make = async (request: Request): Promise<ConstraintInstances> => {
    const { handle } = await (resolver ??= open(singletons).then(() =>
      compileResolver(constraints, runtime),
    ));
    return (await handle(
      request.fastify as Incoming,
      exchangeOfRequest(request),
    )) as ConstraintInstances;
  };
  return (request) => {
    const known = made.get(request) ?? make(request);
    made.set(request, known);
    return known;
  };
}
