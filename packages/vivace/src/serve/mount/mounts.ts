import type { FastifyBaseLogger } from 'fastify';
import { hostPattern } from '../../model/host';
import type { Application } from '../application';
import { FetchMount } from './fetch';
import { kindOf, type Mount } from './mount';
import { mountPath } from './path';
import { NodeMount } from './node';
import { StaticFiles } from '../files/static-files';

/** Files and foreign handlers, those with the longest paths first. */
export function mountsOf(
  { recorded, prefix }: Application,
  log: FastifyBaseLogger,
): readonly Mount[] {
  const files = recorded.files.map(
    (one) => new StaticFiles(prefix + mountPath(one.path, 'static'), one.directory, one.options),
  );
  for (const one of files) one.check(log);
  const handlers = recorded.handlers.map(({ path, handler, options: { host } }) => {
    const kind = kindOf(handler, path);
    const at = prefix + mountPath(path, 'mount');
    const pattern =
      host === undefined ? undefined : hostPattern(host, { member: `mount('${path}')` });
    return kind.fetch === undefined
      ? new NodeMount(at, pattern, kind.node)
      : new FetchMount(at, pattern, kind.fetch);
  });
  return [...files, ...handlers].toSorted((a, b) => b.path.length - a.path.length);
}
