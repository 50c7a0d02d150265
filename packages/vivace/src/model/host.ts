import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';

/**
 * The host that requests have to name, as a pattern: a name fits with every port unless it has one.
 *
 * @throws BootError HOST
 */
export function hostPattern(host: string | RegExp, where: Where): RegExp {
  if (host instanceof RegExp) return host;
  if (!/^[\w.-]+(?::\d+)?$/.test(host))
    throw new BootError(
      'HOST',
      where,
      `'${host}' is not the name of a host.`,
      `a name such as 'admin.example.com', or a RegExp`,
    );
  return new RegExp(
    `^${host.replaceAll('.', '\\.')}${host.includes(':') ? '' : '(?::\\d+)?'}$`,
    'i',
  );
}

/** `admin.example.com` for the pattern that was made of it; a pattern of the program as it is. */
export function hostName({ source }: RegExp): string {
  const [, name] = /^\^((?:[\w:-]|\\[.:-])+)(?:\(\?::\\d\+\)\?)?\$$/.exec(source) ?? [];
  return name === undefined ? source : name.replaceAll('\\', '');
}
