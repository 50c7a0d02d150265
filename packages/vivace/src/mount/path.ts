import { BootError } from '../errors/boot-error';
import { withoutEnd } from '../text/ends';

/** The path of a mount as a prefix: it begins with a slash and ends without one. */
export function mountPath(path: string, method: 'mount' | 'static'): string {
  if (/^\/[^:*{}?#]*$/.test(path)) return withoutEnd(path, '/');
  const plain = `/${withoutEnd(path.replace(/^\/+/, '').split(/[:*{}?#]/)[0]!, '/')}`;
  throw new BootError(
    'MOUNT_PATH',
    { member: `${method}('${path}')` },
    `The path '${path}' ${path.startsWith('/') ? 'has parameters' : 'does not begin with a slash'}.`,
    `${method}('${plain}', …)`,
  );
}
