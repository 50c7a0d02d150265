import { occasionOf } from '../declare/occasion';
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
import { declaredEntries, entryOf, partsOf } from './entry';
import { checkOperationIds, checkRoutes } from './duplicates';
import { Graph } from './graph/graph';
import { InferredModels } from './inferred-models';
import { lifespanOf } from './lifespan';
import type { Schema } from '../schema/schema';
import type { InjectedClass, Node } from './node';
import type { AppModel } from './model';
import { injectedRules } from './exceptions';
import { useOf } from './graph/requirements';
import { operationOf, socketOf, type OperationContext } from './operation';
import type { AppOptions, Opened } from './app-options';
import { nameOf } from './classes';
import { settled } from './schemas';
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
  readonly jobOf: JobOf;
  /** What the constraints of a message need; throws BootError where that needs more than a WebSocket has. */
  readonly constraintsOf: (schema: Schema) => RequestedConstraints;
}
/** What the container makes for the constraints of a schema that no operation names. */
export interface RequestedConstraints {
  readonly constraints: readonly InjectedClass[];
  /** Singletons that nothing else needs, in the order in which they are opened. */
  readonly singletons: readonly Node[];
}
/** @param given the placeholders that runs of the job give a value */
export type JobOf = (job: Needs, where?: Where, given?: ReadonlySet<object>) => Job;
export interface Job {
  readonly root: Node;
  /** The singletons that it needs, in the order in which they are opened. */
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
  const declared = declaredEntries(options.entries ?? []);
  const shared = { types, builder, substitutions, parts: partsOf(declared) };
  const models = new InferredModels(builder);
  const inferred = options.responseModels === 'written' ? undefined : models;
  const providers = new Providers(shared);
  const singletons = new Singletons(providers);
  const context: OperationContext = {
    ...shared,
    inferred,
    singletons,
    newGraph: (occasion) => new Graph(providers, singletons, occasionOf(occasion)),
    errorHandlers: new Map(),
  };

  const jobOf: JobOf = (dependency, where = { member: 'run' }, given = new Set()) => {
    const graph = context.newGraph({ kind: 'run' });
    const [input] = graph.inputs([useOf('job', dependency, where, context)]);
    graph.finish();
    if (input?.kind !== 'node') throw notRun(dependency, where);
    const needed = new Set(walk([input.node]));
    if (input.node.lifetime !== 'singleton')
      checkContexts([...needed], 'job', where, { known: given });
    return { root: input.node, singletons: singletons.all().filter((one) => needed.has(one)) };
  };

  const lifespan = lifespanOf(options.lifespan, providers, singletons);
  const opened = (one: Opened): Node => openedNode(one, jobOf(one.needs, one.where));
  options.opened?.forEach(opened);
  const store = options.store && opened(options.store);
  const routes = routesOf(options, types);
  const operations = routes.operations.map((route) => operationOf(route, context));
  const sockets = routes.sockets.map((route) => socketOf(route, context));
  const webhooks = documentedRoutes(options.webhooks ?? [], types).map((route) =>
    operationOf(route, context, false),
  );
  const entries = declared.map((entry) => entryOf(entry, { ...context, models }));
  providers.checkAttached();
  checkRoutes([...operations, ...sockets]);
  checkOperationIds(operations);
  checkSchemes([...operations, ...webhooks]);
  const constraintsOf = (schema: Schema): RequestedConstraints => {
    const where = { member: 'receive' };
    const known = new Set(singletons.all());
    const graph = context.newGraph({ kind: 'socket' });
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
    schemas: settled([...operations, ...webhooks]),
    entries: Object.freeze(entries),
    singletons: Object.freeze(singletons.all()),
    store,
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

function openedNode({ where }: Opened, { root }: Job): Node {
  if (root.lifetime === 'singleton') return root;
  throw new BootError(
    'EXTENSION_SINGLETON',
    where,
    `${root.name} lives for one request, but would be opened with the server.`,
    `{ lifetime: 'singleton' } for ${root.name}`,
  );
}

function notRun(needs: Needs, where: Where): BootError {
  return new BootError(
    'NOT_A_DEPENDENCY',
    where,
    `This is ${nameOf(needs)}, which is given and not made.`,
    'a dependency that needs it: dependency({ … }, …)',
  );
}
