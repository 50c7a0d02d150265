import { factsOf } from '../declare/declarations';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Class } from '../declare/class';
import type { ExceptionRule } from './model';
import type { AdditionalResponse, OperationIdentity, SharedOptions } from './options';

/** What the layers around an operation say together: application, `include`, controllers, the operation itself. */
export interface Merged {
  readonly tags: readonly string[];
  readonly dependencies: readonly unknown[];
  readonly middleware: readonly unknown[];
  /** The nearest first. */
  readonly exceptions: readonly ExceptionRule[];
  readonly responses: Readonly<Record<string, AdditionalResponse>>;
  readonly callbacks: readonly Class[];
  readonly responseClass: Class | undefined;
  readonly deprecated: boolean;
  readonly apiVersion: string | undefined;
  readonly hidden: boolean;
  readonly bodyLimit: number | undefined;
  readonly strictContentType: boolean | undefined;
  readonly operationId: ((operation: OperationIdentity) => string) | undefined;
}

/** Joins lists, the outermost first; of single values the innermost wins. */
export function mergeLayers(layers: readonly SharedOptions[], where: Where): Merged {
  const responses: Record<string, AdditionalResponse> = {};
  for (const layer of layers) {
    for (const [status, response] of Object.entries(layer.responses ?? {}))
      if (response !== undefined) responses[status] = response;
  }
  const innermost = <K extends keyof SharedOptions>(key: K): SharedOptions[K] | undefined =>
    layers.findLast((layer) => layer[key] !== undefined)?.[key];
  const middleware = layers.flatMap((layer) => layer.middleware ?? []);
  return {
    tags: layers.flatMap((layer) => layer.tags ?? []),
    dependencies: layers.flatMap((layer) => layer.dependencies ?? []),
    middleware,
    exceptions: layers.toReversed().flatMap((layer) => exceptionRules(layer.exceptions, where)),
    responses,
    callbacks: layers.flatMap((layer) => layer.callbacks ?? []),
    responseClass: innermost('responseClass'),
    deprecated: innermost('deprecated') ?? middleware.some(deprecates),
    apiVersion: innermost('apiVersion'),
    hidden: innermost('hidden') ?? false,
    bodyLimit: innermost('bodyLimit'),
    strictContentType: innermost('strictContentType'),
    operationId: innermost('operationId'),
  };
}

/** Whether a middleware tells clients that what is inside is deprecated. */
function deprecates(middleware: unknown): boolean {
  const facts = factsOf(middleware);
  return facts?.kind === 'middleware' && facts.deprecated === true;
}

/** The rules that `on(...)` recorded in one list. */
export function exceptionRules(
  handlers: readonly unknown[] = [],
  where: Where,
): readonly ExceptionRule[] {
  const rules = handlers.flatMap((handler) => {
    const facts = factsOf(handler);
    return facts?.kind === 'handler' ? [Object.freeze({ on: facts.on, handle: facts.handle })] : [];
  });
  const twice = rules.find(({ on }, index) => rules.findIndex((other) => other.on === on) < index);
  if (twice === undefined) return rules;
  const name = typeof twice.on === 'number' ? twice.on : twice.on.name;
  throw new BootError(
    'EXCEPTION_TWICE',
    where,
    `Two handlers of one list are for ${name}, so only the first would ever answer.`,
    `one on(${name}, …), which decides between them`,
  );
}
