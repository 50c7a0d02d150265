import type { FastifyBaseLogger } from 'fastify';
import type { StaticOptions } from '../declare/options/application-options';
import type { HandlerMountOptions } from '../declare/options/mount-options';
import { hostPattern } from '../model/host';
import { FetchMount } from './fetch';
import { GuardedMount } from './guarded-mount';
import type { Guard } from '../http/guarding';
import type { Mount } from '../http/mounted-apps';
import { kindOf, type ForeignHandler } from './mount';
import { mountPath } from './path';
import { NodeMount } from './node';
import { StaticFiles } from './static-files';

export interface MountedHandler {
  readonly path: string;
  readonly options: HandlerMountOptions;
  readonly handler: ForeignHandler;
}
export interface MountedFiles {
  readonly path: string;
  readonly directory: string;
  readonly options: StaticOptions;
}
interface MountedParts {
  readonly files: readonly MountedFiles[];
  readonly handlers: readonly MountedHandler[];
  /** What the paths of the application begin with. */
  readonly prefix: string;
  readonly guardsOf: (place: object) => readonly Guard[];
}

/** Files and foreign handlers, those with the longest paths first. */
export function mountsOf(
  { files, handlers, prefix, guardsOf }: MountedParts,
  log: FastifyBaseLogger,
): readonly Mount[] {
  const folders = files.map((one) => {
    const at = prefix + mountPath(one.path, 'static');
    const folder = new StaticFiles(at, one.directory, one.options);
    folder.check(log);
    return behind(guardsOf(one), folder);
  });
  const foreign = handlers.map((one) => behind(guardsOf(one), handlerMount(one, prefix)));
  return [...folders, ...foreign].toSorted((a, b) => b.path.length - a.path.length);
}

function behind(guards: readonly Guard[], mount: Mount): Mount {
  return guards.length === 0 ? mount : new GuardedMount(mount, guards);
}

function handlerMount({ path, handler, options }: MountedHandler, prefix: string): Mount {
  const { host, keepPrefix = false } = options;
  const kind = kindOf(handler, path);
  const at = prefix + mountPath(path, 'mount');
  const pattern =
    host === undefined ? undefined : hostPattern(host, { member: `mount('${path}')` });
  return kind.fetch === undefined
    ? new NodeMount(at, pattern, kind.node, keepPrefix)
    : new FetchMount(at, pattern, kind.fetch, keepPrefix);
}
