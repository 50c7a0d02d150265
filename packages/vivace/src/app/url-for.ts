import type { FastifyRequest } from 'fastify';
import type { Application } from './application';
import type { UrlFor } from '../http/request';
import { withoutEnd, withoutPort } from '../text/ends';

/** The paths of what has a name: operations, WebSockets, directories of files, and what mounted applications name. */
export type Names = ReadonlyMap<string, string>;

export function namesOf({ recorded, built: { model }, mounted }: Application): Names {
  const folders = [...recorded.files, ...recorded.handlers].flatMap(
    ({ path, options: { name } }) =>
      name === undefined ? [] : [[name, `${withoutEnd(path, '/')}/*path`] as const],
  );
  const inner = mounted.flatMap((one) =>
    one.name === undefined
      ? []
      : [...namesOf(one)].map(([name, path]) => [`${one.name}:${name}`, one.path + path] as const),
  );
  const own = [...model.sockets, ...model.operations].map(
    ({ name, path }) => [name, path] as const,
  );
  return new Map([...inner, ...folders, ...own]);
}

/** Gives the addresses of what has a name, behind a base. */
export function urlsOf(names: Names, base: string): UrlFor {
  return (name, params = {}) => {
    const template = names.get(name);
    if (template === undefined)
      throw new RangeError(
        `urlFor('${name}'): there is no operation of this name; there are ${[...names.keys()].join(', ')}.`,
      );
    const path = template.replace(
      /:(\w+)(?:\([^)]*\))?|\*(\w+)$/g,
      (_, named: string | undefined, rest: string | undefined) => {
        const value = params[named ?? rest ?? ''];
        if (value === undefined)
          throw new RangeError(`urlFor('${name}'): the parameter '${named ?? rest}' is missing.`);
        return named === undefined ? encodeURI(String(value)) : encodeURIComponent(value);
      },
    );
    return base + path;
  };
}

/** The origin of a request, where its host is one that redirects may name; else nothing, which makes them relative. */
export function originOf(request: FastifyRequest, allowedHosts: readonly string[]): string {
  const { host, protocol } = request;
  const name = withoutPort(host);
  return allowedHosts.some((allowed) => allowed === name || allowed === host)
    ? `${protocol}://${host}`
    : '';
}
