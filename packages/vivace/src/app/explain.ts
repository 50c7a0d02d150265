import { compileEntry, compileOperation } from '../compile/compile';
import { operationSource } from '../compile/operation-source';
import type { Runtime } from '../compile/runtime';
import type { EntryInfo, RouteInfo } from '../declare/server';
import { buildModel } from '../model/build';
import { traceOf } from '../process/trace';
import type { AppModel, Operation } from '../model/model';
import { appOptions } from './application';
import type { AppDeclaration } from './declaration';
import { withExtensions } from './extensions';
import { entryInfosOf, routesOf } from './route-info';
import { runtimeOf } from './runtime';

/** What an application answers, without a server. */
export function routesOfApplication(recorded: AppDeclaration): readonly RouteInfo[] {
  return routesOf(modelOf(recorded));
}

/** What else calls an application, without a server. */
export function entriesOfApplication(recorded: AppDeclaration): readonly EntryInfo[] {
  return entryInfosOf(modelOf(recorded));
}

/** The source of the function that is made for an operation, such as `'GET /items/:item_id'`, or an entry point. */
export function explainOperation(recorded: AppDeclaration, name: string): string {
  const model = modelOf(recorded);
  const runtime = standIn(model);
  const entry = model.entries.find((one) => one.name === name);
  if (entry !== undefined) return operationSource(entry, compileEntry(entry, runtime).source);
  const [method = '', path = ''] = name.trim().split(/\s+/);
  const fits = (operation: Operation): boolean =>
    operation.id === name ||
    (operation.path === path && operation.methods.some((one) => one === method.toUpperCase()));
  const operation = model.operations.find(fits);
  if (operation === undefined) {
    const known = [
      ...model.operations.map((one) => `${one.methods[0]} ${one.path}`),
      ...model.entries.map((one) => one.name),
    ];
    throw new RangeError(
      `explain('${name}'): there is no such operation; there are ${known.join(', ')}.`,
    );
  }
  const source = operationSource(operation, compileOperation(operation, runtime)().source);
  return traceOf('request') === undefined
    ? source
    : `// vivace:request is published from before the middleware until the answer is sent\n${source}`;
}

function modelOf(declared: AppDeclaration): AppModel {
  const recorded = withExtensions(declared, process.env);
  return buildModel(appOptions(recorded, recorded.middleware), []).model;
}

/** Nothing is opened: each singleton is stood for by something else than the others. */
function standIn(model: AppModel): Runtime {
  return runtimeOf(new Map(model.singletons.map((node) => [node, {}])), {});
}
