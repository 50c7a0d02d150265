import type { Override } from '../declare/provide';
import type { Needs } from '../declare/provided';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { loadTypes } from '../reflect/load';
import type { Types } from '../reflect/types';
import type { SchemaBuilder } from '../schema/builder';
import { builderFor } from '../schema/builders';
import { Providers } from './graph/providers';
import { documentedRoutes, routesOf } from './controllers';
import { checked, guardOf } from './guard';
import { checkOperationIds, checkRoutes } from './duplicates';
import { Graph } from './graph/graph';
import { InferredModels } from './inferred-models';
import { lifespanOf } from './lifespan';
import type { Schema } from '../schema/schema';
import type { InjectedClass, Node, NodeInput } from './node';
import type { AppModel } from './model';
import { injectedRules } from './exceptions';
import { useOf } from './graph/requirements';
import { operationOf, socketOf, type OperationContext } from './operation';
import type { AppOptions, Opened } from './app-options';
import { checkSchemes } from './security';
import { exceptionRules } from './layers';
import { guardsOf } from './places';
import { Singletons } from './graph/singletons';
import { Substitutions } from './graph/substitutions';
import { checkContexts } from './transport';
import { walk } from './graph/walk';

/** An application that was built once. */
export interface Built {
  readonly model: AppModel;
  readonly builder: SchemaBuilder;
  readonly types: Types;
  readonly substitutions: Substitutions;
  /** The graph of a dependency that runs outside HTTP; throws BootError where it needs a request. */
  readonly jobOf: (job: Needs) => Job;
  /** What the constraints of a message need; throws BootError where that needs more than a WebSocket has. */
  readonly constraintsOf: (schema: Schema) => RequestedConstraints;
}
/** What the container makes for the constraints of a schema that no operation names. */
export interface RequestedConstraints {
  readonly constraints: readonly InjectedClass[];
  /** Singletons that nothing else needs, in the order in which they are opened. */
  readonly singletons: readonly Node[];
}
export interface Job {
  readonly root: Node;
  /** Singletons that only this job needs, in the order in which they are opened. */
  readonly singletons: readonly Node[];
}

/** What a build is for, beside serving. */
export interface Purpose {
  /** A dependency that will run outside HTTP; what only it needs counts as used. */
  readonly job?: Needs;
  /** Overrides of the build that this one is a variant of: they may be of no use in it. */
  readonly inherited?: readonly Override[];
}

/**
 * Reads the facts of all controllers once.
 *
 * @param options what `new Vivace(...)` and `include` recorded
 * @throws BootError for the first mistake in the program
 */
export function buildModel(
  options: AppOptions,
  overrides: readonly Override[] = [],
  purpose: Purpose = {},
): Built {
  const { job, inherited } = purpose;
  const types = loadTypes({ mode: options.types ?? 'required' });
  const builder = builderFor(types, {
    extra: options.extra ?? 'ignore',
    strict: options.strict ?? false,
  });
  const substitutions = new Substitutions(options.provide, overrides, inherited);
  const shared = { types, builder, substitutions };
  const inferred = options.responseModels === 'written' ? undefined : new InferredModels(builder);
  const providers = new Providers(shared);
  const singletons = new Singletons(providers);
  const context: OperationContext = {
    ...shared,
    inferred,
    singletons,
    newGraph: () => new Graph(providers, singletons),
    errorHandlers: new Map(),
  };

  const jobOf = (dependency: Needs, where: Where = { member: 'run' }): Job => {
    const known = new Set(singletons.all());
    const graph = context.newGraph();
    const [input] = graph.inputs([useOf('job', dependency, where, context)]);
    graph.finish();
    const { node } = input as NodeInput;
    if (node.lifetime !== 'singleton') checkContexts(walk([node]), 'job', where);
    return { root: node, singletons: singletons.all().filter((one) => !known.has(one)) };
  };

  const lifespan = lifespanOf(options.lifespan, providers, singletons);
  options.opened?.forEach((opened) => checkOpened(opened, jobOf(opened.needs, opened.where)));
  const routes = routesOf(options, types);
  const operations = routes.operations.map((route) => operationOf(route, context));
  const sockets = routes.sockets.map((route) => socketOf(route, context));
  const webhooks = documentedRoutes(options.webhooks ?? [], types).map((route) =>
    operationOf(route, context, false),
  );
  checkRoutes([...operations, ...sockets]);
  checkOperationIds(operations);
  checkSchemes([...operations, ...webhooks]);
  const constraintsOf = (schema: Schema): RequestedConstraints => {
    const where = { member: 'receive' };
    const known = new Set(singletons.all());
    const graph = context.newGraph();
    const { constraints = [] } = graph.constraints([], where, schema);
    graph.finish();
    checkContexts(walk(constraints.map(({ input }) => input.node)), 'socket', where);
    return { constraints, singletons: singletons.all().filter((one) => !known.has(one)) };
  };
  if (job !== undefined) jobOf(job);
  const docsGuard = checked(
    guardOf(
      (typeof options.docs === 'object' && options.docs.dependencies) || [],
      { member: 'docs.dependencies' },
      context,
    ),
    options.middleware,
  );
  const guards = guardsOf(options.places ?? [], options, context);
  const pluginGuard = guardOf(
    (options.plugins === true && options.dependencies) || [],
    { type: 'Vivace', member: 'dependencies' },
    context,
  );
  const exceptions = injectedRules(
    [options, ...(options.outer ?? []).toReversed()].flatMap((layer) =>
      exceptionRules(layer.exceptions, { type: 'Vivace' }),
    ),
    context,
    { type: 'Vivace' },
  );
  const checks = Object.entries(checksOf(options)).map(
    ([name, check]) => [name, jobOf(check, { member: `health.checks.${name}` }).root] as const,
  );
  const model: AppModel = Object.freeze({
    operations: Object.freeze(operations),
    sockets: Object.freeze(sockets),
    webhooks: Object.freeze(webhooks),
    singletons: Object.freeze(singletons.all()),
    lifespan,
    docsGuard,
    guards,
    pluginGuard,
    checks: Object.freeze(Object.fromEntries(checks)),
    exceptions,
    types: Object.freeze({ mode: types.mode, definitions: types.definitions }),
  });
  return { model, builder, types, substitutions, jobOf, constraintsOf };
}

function checksOf({ health }: AppOptions): Readonly<Record<string, Needs>> {
  return (typeof health === 'object' && health.checks) || {};
}

function checkOpened({ where }: Opened, { root }: Job): void {
  if (root.lifetime === 'singleton') return;
  throw new BootError(
    'EXTENSION_SINGLETON',
    where,
    `${root.name} lives for one request, but would be opened with the server.`,
    `{ lifetime: 'singleton' } for ${root.name}`,
  );
}
