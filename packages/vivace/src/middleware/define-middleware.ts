import { carry, type MiddlewareFacts } from '../declare/value-facts';
import type { Middleware } from '../declare/options/layer-options';

/** A middleware that the framework can ask what it is; messages name it. */
export function defineMiddleware(
  facts: Omit<MiddlewareFacts, 'kind'>,
  run: Middleware,
): Middleware {
  return carry(Object.defineProperty(run, 'name', { value: facts.name }), {
    kind: 'middleware',
    ...facts,
  });
}
