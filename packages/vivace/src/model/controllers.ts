import {
  declarationOf,
  type ClassFacts,
  type OperationFacts,
  type SocketFacts,
} from '../declare/class-facts';
import { markControllerUsed } from '../declare/unused-controllers';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Types } from '../reflect/types';
import type { Class } from '../declare/class';
import { isClass, lineage, nameOf } from './classes';
import { hostPattern } from './host';
import type { AppOptions } from './app-options';
import type { LayerOptions } from '../declare/options/layer-options';
import { joinPath, joinPrefix } from './path';

/** A path operation or WebSocket at one place in the application. */
export interface Route<F extends OperationFacts | SocketFacts = OperationFacts> {
  readonly controller: Class;
  /** The class that declares the method: the controller or one it extends. */
  readonly declarer: Class;
  readonly facts: F;
  readonly path: string;
  /** What the requested host has to fit. */
  readonly host: RegExp | undefined;
  /** The extension that it comes from. */
  readonly extension: string | undefined;
  /** What stands around it: extensions, application, `include`, controllers; the outermost first. */
  readonly layers: readonly LayerOptions[];
  readonly where: Where;
}
export interface Routes {
  readonly operations: readonly Route[];
  readonly sockets: readonly Route<SocketFacts>[];
}

/** All routes of an application in the order in which they are matched. */
export function routesOf(options: AppOptions, types: Types): Routes {
  const found: Collected = { ...emptyFor(types), served: true };
  const outer = [...(options.outer ?? []), options];
  visitAll(options.controllers, 'controllers', '', outer, [], found);
  for (const inclusion of options.inclusions ?? []) {
    const where = { type: 'include' };
    const prefix = joinPrefix('', inclusion.prefix, where);
    const host = inclusion.host === undefined ? undefined : hostPattern(inclusion.host, where);
    visitAll(inclusion.controllers, 'include', prefix, [...outer, inclusion.options], [], {
      ...found,
      host,
      extension: inclusion.extension,
    });
  }
  return found;
}

/** The operations of controllers that are documented and never served. */
export function documentedRoutes(controllers: readonly Class[], types: Types): readonly Route[] {
  const found: Collected = { ...emptyFor(types), served: false };
  visitAll(controllers, 'callbacks', '', [], [], found);
  return found.operations;
}

interface Collected {
  readonly operations: Route[];
  readonly sockets: Route<SocketFacts>[];
  readonly types: Types;
  readonly served: boolean;
  readonly host: RegExp | undefined;
  readonly extension: string | undefined;
}

function emptyFor(types: Types): Omit<Collected, 'served'> {
  return { operations: [], sockets: [], types, host: undefined, extension: undefined };
}

function visitAll(
  controllers: readonly unknown[] = [],
  list: string,
  prefix: string,
  layers: readonly LayerOptions[],
  outer: readonly Class[],
  found: Collected,
): void {
  controllers.forEach((controller, index) => {
    checkController(controller, `${list}[${index}]`, outer, found.types);
    for (const type of lineage(controller)) markControllerUsed(type);
    visit(controller, prefix, layers, outer, found);
  });
}

function visit(
  controller: Class,
  outerPrefix: string,
  outerLayers: readonly LayerOptions[],
  outer: readonly Class[],
  found: Collected,
): void {
  const { prefix, options } = declarationOf(controller).controller!;
  const bases = [...lineage(controller)].slice(1).toReversed();
  const whole = found.served
    ? joinPrefix(outerPrefix, prefix, placeOf(controller, found.types))
    : outerPrefix + prefix;
  // What a base class says, such as its guards, stands around what it hands down.
  const above = bases.flatMap((base) => declarationOf(base).controller?.options ?? []);
  const layers = [...outerLayers, ...above, options];
  for (const { declarer, facts } of inherited(controller, 'operations'))
    found.operations.push(route(controller, declarer, facts, whole, layers, found));
  for (const { declarer, facts } of inherited(controller, 'sockets'))
    found.sockets.push(route(controller, declarer, facts, whole, layers, found));
  visitAll(
    options.controllers,
    `${controller.name}'s controllers`,
    whole,
    layers,
    [...outer, controller],
    found,
  );
}

function route<F extends OperationFacts | SocketFacts>(
  controller: Class,
  declarer: Class,
  facts: F,
  prefix: string,
  layers: readonly LayerOptions[],
  { types, served, host, extension }: Collected,
): Route<F> {
  const where: Where = {
    type: controller.name,
    member: facts.key,
    file: facts.where.file,
    line: facts.where.line,
    ...types.place(declarer, facts.key),
  };
  return {
    controller,
    declarer,
    facts,
    path: served ? joinPath(prefix, facts.path, where) : prefix + facts.path,
    host,
    extension,
    layers,
    where,
  };
}

/** What a class and those it extends declare; a method that is declared anew replaces the inherited one. */
export function inherited<K extends 'operations' | 'sockets' | 'entries'>(
  type: Class,
  kind: K,
): { declarer: Class; facts: ClassFacts[K][number] }[] {
  const base = Object.getPrototypeOf(type) as unknown;
  const own: ClassFacts[K] = declarationOf(type)[kind];
  const replaced = new Set(own.map(({ key }) => key));
  const above = isClass(base)
    ? inherited(base, kind).filter(({ facts }) => !replaced.has(facts.key))
    : [];
  return [...above, ...own.map((facts) => ({ declarer: type, facts: facts as never }))];
}

function checkController(
  controller: unknown,
  place: string,
  outer: readonly Class[],
  types: Types,
): asserts controller is Class {
  if (!isClass(controller)) {
    const write =
      controller === undefined
        ? 'the class in the same file, or break the import cycle: the module of the controller was not finished when this list was made'
        : 'the controller class itself, such as ItemsController';
    throw new BootError(
      'CONTROLLER_VALUE',
      { member: place },
      `This is ${nameOf(controller)}, not a controller.`,
      write,
    );
  }
  if (declarationOf(controller).controller === undefined) {
    throw new BootError(
      'CONTROLLER_MISSING',
      placeOf(controller, types),
      `The class has no @Controller(), but stands in ${place}.`,
      `@Controller() above class ${controller.name}`,
    );
  }
  if (outer.includes(controller)) {
    const chain = [...outer.slice(outer.indexOf(controller)), controller]
      .map(({ name }) => name)
      .join(' → ');
    throw new BootError(
      'CONTROLLER_CYCLE',
      placeOf(controller, types),
      `The controller contains itself: ${chain}.`,
      'each controller at one place of the tree',
    );
  }
}

function placeOf(type: Class, types: Types): Where {
  const { where } = declarationOf(type);
  return { type: type.name, file: where?.file, line: where?.line, ...types.place(type) };
}
