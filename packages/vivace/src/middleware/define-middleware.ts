import { carry } from '../declare/declarations';
import type { MiddlewareFacts } from '../declare/facts';
import type { Middleware } from '../declare/layers';

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
