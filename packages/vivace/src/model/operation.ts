import { checkNumbers } from '../declare/numbers';
import { declarationOf, type OperationFacts, type SocketFacts } from '../declare/class-facts';
import type { Schema } from '../schema/schema';
import { bodyOf } from './inputs/body';
import { callTraits } from './graph/call-traits';
import { documentedRoutes, type Route } from './controllers';
import { requirementOfHandlerParameter } from './inputs/handler-inputs';
import { injectedRules, type HandlerContext } from './exceptions';
import type { Input, Node } from './node';
import type { Operation, SocketOperation } from './model';
import { docsOf } from './operation-docs';
import { useOf } from './graph/requirements';
import { operationId } from './operation-id';
import type { OccasionFacts } from '../declare/occasion';
import type { Needs } from '../declare/provided';
import { genericsOf, methodOf, parametersOf } from './inputs/parameters';
import type { InferredModels } from './inferred-models';
import { documentedPath, parsePath, type PathTemplate } from './path';
import { checkPathInputs } from './inputs/path-inputs';
import { responseOf } from './response';
import { rootNode } from './graph/root';
import { securityOf } from './security';
import { mergeLayers, type MergedLayers } from './layers';
import type { Singletons } from './graph/singletons';
import { givesAgain } from './replays';
import { checkSessions } from './sessions';
import { checkContexts } from './transport';
import { walkOperation } from './graph/walk';

/** What the operations of one build share. */
export interface OperationContext extends HandlerContext {
  /** Undefined where only written return types count. */
  readonly inferred: InferredModels | undefined;
  readonly singletons: Singletons;
}

/** One path operation; `served` is false for callbacks and webhooks, whose paths are expressions of the document. */
export function operationOf(route: Route, context: OperationContext, served = true): Operation {
  const { types, builder } = context;
  const { options } = route.facts;
  const { operationId: givenId, ...own } = options;
  const shared = mergeLayers([...route.layers, own], route.where);
  const template = served ? parsePath(route.path, route.where) : documentedPath(route.path);
  const method = methodOf(types, route.controller, route.declarer, route.facts.key);
  const { responseClass, apiVersion, bodyLimit } = shared.innermost;
  const { call, generator } = callOf(route, context);
  const response = responseOf(
    {
      options,
      responseClass,
      call,
      method,
      generics: genericsOf(types, route.controller, route.declarer),
      generator: generator === true,
      where: route.where,
    },
    context,
  );
  const handler = handlerOf(
    route,
    route.facts.methods,
    shared.dependencies,
    template,
    context,
    { kind: 'http', methods: route.facts.methods, lasts: response.kind !== 'json' },
    response.schema,
  );
  const nodes = walkOperation(handler.root, handler.effects);
  checkContexts(nodes, 'http', route.where);
  checkSessions(nodes, shared.middleware, route.where);
  if (served) checkPathInputs(nodes, template, ownNames(route), route.where);
  const name = options.name ?? route.facts.key;
  if (bodyLimit !== undefined) checkNumbers(route.where, {}, { bodyLimit });
  const callbacks = documentedRoutes(shared.callbacks, types).map((callback) =>
    operationOf(callback, context, false),
  );
  return Object.freeze({
    methods: Object.freeze(route.facts.methods),
    path: template.path,
    template: template.template,
    wildcard: template.wildcard,
    host: route.host,
    extension: route.extension,
    apiVersion,
    name,
    id: givenId ?? idOf(name, route.facts.methods[0] ?? 'GET', template, shared),
    effects: handler.effects,
    root: handler.root,
    body: bodyOf(nodes, route.where),
    response,
    docs: docsOf(route, nodes, name, method, shared, callbacks, builder),
    security: securityOf(nodes),
    exceptions: injectedRules(shared.exceptions, context, route.where),
    middleware: Object.freeze(shared.middleware),
    replays:
      served &&
      givesAgain(nodes, route.facts.methods, shared.middleware, {
        where: route.where,
        // What stands for a guard in a test asks for nothing.
        guarded: context.substitutions.overridden,
        streams: response.kind !== 'json',
      }),
    options: shared.innermost,
    where: route.where,
  });
}

/** One WebSocket. */
export function socketOf(route: Route<SocketFacts>, context: OperationContext): SocketOperation {
  const { dependencies, exceptions, middleware } = mergeLayers(
    [...route.layers, route.facts.options],
    route.where,
  );
  const template = parsePath(route.path, route.where);
  const { root, effects } = handlerOf(route, ['GET'], dependencies, template, context, {
    kind: 'socket',
  });
  const nodes = walkOperation(root, effects);
  checkContexts(nodes, 'socket', route.where);
  checkSessions(nodes, middleware, route.where);
  checkPathInputs(nodes, template, ownNames(route), route.where);
  const name =
    typeof route.facts.options.name === 'string' ? route.facts.options.name : route.facts.key;
  return Object.freeze({
    path: template.path,
    wildcard: template.wildcard,
    host: route.host,
    extension: route.extension,
    name,
    effects,
    root,
    security: securityOf(nodes),
    exceptions: injectedRules(exceptions, context, route.where),
    middleware: Object.freeze(middleware),
    where: route.where,
  });
}

interface Handler {
  readonly root: Node;
  readonly effects: readonly Node[];
}

/** The graph of a handler: its effects first, then its own parameters, then its controller. */
function handlerOf(
  route: Route<OperationFacts | SocketFacts>,
  methods: readonly string[],
  dependencies: readonly Needs[],
  template: PathTemplate,
  context: OperationContext,
  occasion: OccasionFacts,
  answer?: Schema,
): Handler {
  const { controller, declarer, facts, layers, where } = route;
  const graph = context.newGraph({ ...occasion, handler: { type: controller, method: facts.key } });
  const own = parsePathNames(facts.path);
  const requirements = dependencies.map((dependency, index) =>
    useOf('', dependency, { ...where, parameter: `dependencies[${index}]` }, context),
  );
  const open = declarationOf(declarer).publics.includes(facts.key);
  const outer = mergeLayers(layers, where).dependencies.length;
  const effects = graph.effects(
    requirements.filter(
      (requirement, index) => !(open && index < outer && graph.providers.guards(requirement)),
    ),
  );
  const parameters = parametersOf(context.types, controller, declarer, facts.key, where);
  const inputs = graph
    .inputs(
      parameters.map((parameter) =>
        requirementOfHandlerParameter(parameter, { methods, template, own }, context),
      ),
    )
    .map((input) => inGroups(input, 'groups' in facts.options ? facts.options.groups : undefined));
  const root = rootNode({
    kind: 'method',
    name: `${controller.name}.${facts.key}`,
    inputs: [
      { kind: 'node', name: 'controller', node: graph.controller(controller, where) },
      ...inputs,
    ],
    ...graph.constraints(inputs, where, answer),
    ...callOf(route, context),
    where,
  });
  graph.finish();
  return { root, effects };
}

/** The method of the handler, and what is known of its calls. */
function callOf(
  { controller, declarer, facts }: Route<OperationFacts | SocketFacts>,
  { types }: OperationContext,
): Pick<Node, 'call' | 'async' | 'generator'> {
  const call: Function = controller.prototype[facts.key];
  return { call, ...callTraits(call, types.of(declarer)?.methods?.[facts.key]) };
}

function ownNames(route: Route<OperationFacts | SocketFacts>): readonly string[] {
  return parsePathNames(route.facts.path);
}

function parsePathNames(path: string): readonly string[] {
  return documentedPath(path).parameters;
}

function idOf(
  name: string,
  method: string,
  { template }: PathTemplate,
  { tags, innermost: { operationId: make, apiVersion } }: MergedLayers,
): string {
  return make === undefined
    ? operationId(apiVersion === undefined ? name : `${name}_v${apiVersion}`, template, method)
    : make({ name, method, path: template, tags });
}

/** The groups of an operation count for inputs that name none. */
function inGroups(input: Input, groups: readonly string[] | undefined): Input {
  return groups === undefined || !('groups' in input) || input.groups !== undefined
    ? input
    : Object.freeze({ ...input, groups });
}
