import type { InjectedClass } from './node';
import type { Class } from '../declare/class';
import type { ExceptionHandler } from '../declare/exceptions';
import type {
  AdditionalResponse,
  LayerOptions,
  Middleware,
} from '../declare/options/layer-options';
import { present } from '../declare/present';
import { factsOf } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';

/** What the layers around an operation say together: application, `include`, controllers, the operation itself. */
export interface MergedLayers extends Lists {
  /** The nearest first. */
  readonly exceptions: readonly ExceptionRule[];
  readonly responses: Readonly<Record<string, AdditionalResponse>>;
  readonly deprecated: boolean;
  readonly hidden: boolean;
  readonly innermost: InnermostOptions;
}

/** Options of which all count, the outermost first. */
type Lists = Required<Pick<LayerOptions, 'tags' | 'dependencies' | 'middleware' | 'callbacks'>>;

/** Options of which that of the innermost layer counts. */
export type InnermostOptions = Omit<
  LayerOptions,
  keyof Lists | 'exceptions' | 'responses' | 'deprecated' | 'hidden'
>;

/** Joins lists, the outermost first; of single values the innermost wins. */
export function mergeLayers(layers: readonly LayerOptions[], where: Where): MergedLayers {
  const responses: Record<string, AdditionalResponse> = {};
  for (const layer of layers) {
    for (const [status, response] of Object.entries(layer.responses ?? {}))
      if (response !== undefined) responses[status] = response;
  }
  const innermost: LayerOptions = Object.assign({}, ...layers.map(present));
  const middleware = layers.flatMap((layer) => layer.middleware ?? []);
  return {
    tags: layers.flatMap((layer) => layer.tags ?? []),
    dependencies: layers.flatMap((layer) => layer.dependencies ?? []),
    middleware,
    callbacks: layers.flatMap((layer) => layer.callbacks ?? []),
    exceptions: layers.toReversed().flatMap((layer) => exceptionRules(layer.exceptions, where)),
    responses,
    deprecated: innermost.deprecated ?? middleware.some(deprecates),
    hidden: innermost.hidden ?? false,
    innermost,
  };
}

/** What answers errors of a class, or of a status. */
export interface ExceptionRule {
  readonly on: Class<Error> | number;
  /** A function, or a class whose instance answers. */
  readonly handle: Function;
  /** Of a class: what makes the instance. */
  readonly made?: InjectedClass;
}

/** Whether a middleware tells clients that what is inside is deprecated. */
function deprecates(middleware: Middleware): boolean {
  const facts = factsOf(middleware);
  return facts?.kind === 'middleware' && facts.deprecated === true;
}

/** The rules that `on(...)` recorded in one list. */
export function exceptionRules(
  handlers: readonly ExceptionHandler[] = [],
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
