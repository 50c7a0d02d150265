import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, type Context, type ContextManager } from '@opentelemetry/api';

/** The context of OpenTelemetry that runs: tracing channels are bound to it. */
export const contexts = new AsyncLocalStorage<Context>();

/** Gives OpenTelemetry, and every library that knows it, the same context. */
export const contextManager: ContextManager = {
  active: () => contexts.getStore() ?? ROOT_CONTEXT,
  with: (context, call, self, ...given) => contexts.run(context, () => call.apply(self!, given)),
  bind: (context, target) =>
    typeof target === 'function'
      ? (((...given: unknown[]): unknown =>
          contexts.run(context, () =>
            (target as Function).apply(undefined, given),
          )) as typeof target)
      : target,
  enable: () => contextManager,
  disable: () => contextManager,
};
