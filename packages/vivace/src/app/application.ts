import type { BuildOptions } from '../declare/options/application-options';
import type { VivaceOptions } from '../declare/options/vivace-options';
import type { Middleware } from '../declare/options/layer-options';
import { BootError } from '../errors/boot-error';
import { buildModel, type Built, type Purpose } from '../model/build';
import { hostPattern } from '../model/host';
import type { AppOptions, Place } from '../model/app-options';
import type { Guard } from '../model/model';
import { checkOverrides, checkUnmocked } from '../model/graph/substitutions';
import type { MountedFiles, MountedHandler } from '../mount/mounts';
import { mountPath } from '../mount/path';
import type { AppDeclaration, MountedApplication } from './declaration';
import { entriesOf, openedBy, storeOf, withExtensions } from './extensions';
import { behaviourOf, type Behaviour } from './server-options';

/** An application at its place: the one that is served, or one that is mounted in it. */
export interface Application {
  readonly recorded: AppDeclaration;
  readonly built: Built;
  readonly behaviour: Behaviour;
  /** What its paths begin with: empty for the one that is served. */
  readonly prefix: string;
  /** Where it stands in the one around it. */
  readonly path: string;
  readonly name: string | undefined;
  /** What the requested host has to fit. */
  readonly host: RegExp | undefined;
  /** Of the applications around it, and its own. */
  readonly middleware: readonly Middleware[];
  readonly mounted: readonly Application[];
  /** What has to agree before anything of it, of the application around it. */
  readonly guard: Guard | undefined;
}

/**
 * Builds the models of an application and of all that are mounted in it.
 *
 * @param options each override has to be used by one of them
 * @param purpose its job is one that the outermost will run
 */
export function applicationOf(
  recorded: AppDeclaration,
  options: Pick<BuildOptions, 'overrides' | 'forbidUnmocked' | 'responseModels' | 'env'>,
  purpose: Purpose,
): Application {
  const outermost: MountPoint = {
    recorded,
    path: '',
    name: undefined,
    host: undefined,
    prefix: '',
    middleware: [],
    outer: [],
  };
  const application = build(outermost, options, purpose);
  const substitutions = all(application).map(({ built }) => built.substitutions);
  checkOverrides(substitutions);
  checkUnmocked(substitutions, options.forbidUnmocked ?? []);
  return application;
}

/** An application and those mounted in it, the outer ones first. */
export function all(application: Application): readonly Application[] {
  return [application, ...application.mounted.flatMap(all)];
}

interface MountPoint extends Pick<
  Application,
  'recorded' | 'path' | 'name' | 'host' | 'prefix' | 'middleware'
> {
  readonly outer: readonly VivaceOptions[];
}

function build(
  { recorded: declared, middleware, outer, ...place }: MountPoint,
  options: Pick<BuildOptions, 'overrides' | 'responseModels' | 'env'>,
  purpose: Purpose,
): Application {
  const { overrides = [], responseModels, env = process.env } = options;
  const { inherited } = purpose;
  const recorded = withExtensions(declared, env);
  const around = [...middleware, ...recorded.middleware];
  const inside = [...outer, declared.options];
  const mounted = recorded.mounts.map((mount) => {
    const inner = mount.recorded();
    if (inside.includes(inner.options)) throw mountCycle(mount.path);
    const { name, host } = mount.options;
    const path = mountPath(mount.path, 'mount');
    if (path === '' && host === undefined) throw mountedAtRoot();
    return build(
      {
        recorded: inner,
        path,
        name,
        host:
          host === undefined ? place.host : hostPattern(host, { member: `mount('${mount.path}')` }),
        prefix: place.prefix + path,
        middleware: around,
        outer: inside,
      },
      options,
      inherited === undefined ? {} : { inherited },
    );
  });
  const own = appOptions(recorded, around, mounted);
  const built = buildModel(
    responseModels === undefined ? own : { ...own, responseModels },
    overrides,
    purpose,
  );
  return {
    recorded,
    built,
    behaviour: behaviourOf(recorded.options),
    ...place,
    middleware: around,
    mounted: mounted.map((one, index) => ({
      ...one,
      guard: built.model.guards.get(recorded.mounts[index]!),
    })),
    guard: undefined,
  };
}

/** The part of the options that the model is built from. */
export function appOptions(
  recorded: AppDeclaration,
  middleware: readonly Middleware[],
  mounted: readonly Application[] = [],
): AppOptions {
  const { options, inclusions, plugins } = recorded;
  const { extensions = [] } = options;
  return {
    ...options,
    inclusions,
    middleware,
    places: placesOf(recorded, mounted),
    plugins: plugins.length > 0,
    outer: extensions.map(({ exceptions = [] }) => ({ exceptions })),
    opened: openedBy(extensions),
    entries: entriesOf(extensions),
    store: storeOf(extensions),
  };
}

function placesOf(
  { files, handlers, mounts }: AppDeclaration,
  mounted: readonly Application[],
): readonly Place[] {
  const placeOf = (
    method: 'static' | 'mount',
    of: MountedFiles | MountedHandler | MountedApplication,
  ): Place => ({
    of,
    dependencies: of.options.dependencies,
    where: { member: `${method}('${of.path}')` },
  });
  return [
    ...files.map((one) => placeOf('static', one)),
    ...handlers.map((one) => placeOf('mount', one)),
    ...mounts.map((one, index) => ({
      ...placeOf('mount', one),
      sockets: hasSockets(mounted[index]),
    })),
  ];
}

function hasSockets(application: Application | undefined): boolean {
  return (
    application !== undefined &&
    all(application).some(({ built }) => built.model.sockets.length > 0)
  );
}

function mountedAtRoot(): BootError {
  return new BootError(
    'MOUNT_PATH',
    { member: `mount('/')` },
    'An application at the path of the outer one would stand in its place.',
    `a path of its own, such as mount('/admin', …), or the option host`,
  );
}

function mountCycle(path: string): BootError {
  return new BootError(
    'MOUNT_CYCLE',
    { member: `mount('${path}')` },
    'The application is mounted inside itself.',
    'new Vivace({ … }) for what is to be mounted, which does not mount the outer one',
  );
}
