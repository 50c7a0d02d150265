import type { Where } from '../errors/where';
import type { Class } from '../declare/class';
import type { OccasionFacts } from '../declare/occasion';
import { isClass } from './classes';
import type { BuildContext } from './graph/build-context';
import type { Graph } from './graph/graph';
import { useOf } from './graph/requirements';
import { walk } from './graph/walk';
import type { ExceptionRule } from './layers';
import type { InjectedClass, NodeInput } from './node';
import { checkContexts } from './transport';

/** What the handlers of errors of one build share. */
export interface HandlerContext extends BuildContext {
  /** A graph of its own for each operation, and for each class that answers errors. */
  readonly newGraph: (occasion: OccasionFacts) => Graph;
  readonly errorHandlers: Map<Class, InjectedClass>;
}

/** The rules with what the container makes for those whose handler is a class. */
export function injectedRules(
  rules: readonly ExceptionRule[],
  context: HandlerContext,
  where: Where,
): readonly ExceptionRule[] {
  return Object.freeze(
    rules.map((rule) =>
      isClass(rule.handle) ? { ...rule, made: handlerOf(rule.handle, context, where) } : rule,
    ),
  );
}

/** A handler is made for each error that it answers, with a graph of its own. */
function handlerOf(type: Class, context: HandlerContext, where: Where): InjectedClass {
  const known = context.errorHandlers.get(type);
  if (known !== undefined) return known;
  const graph = context.newGraph({ kind: 'http' });
  const place = { ...where, parameter: `on(…, ${type.name})` };
  const [input] = graph.inputs([useOf(type.name, type, place, context)]);
  graph.finish();
  checkContexts(walk([(input as NodeInput).node]), 'http', place);
  const made = Object.freeze({ type, input: input as NodeInput });
  context.errorHandlers.set(type, made);
  return made;
}
