import type { FastifyRequest } from 'fastify';
import type { AppModel } from '../model/model';
import type { UrlFor } from './request';

/** Gives the addresses of named operations. */
export function urlsOf(model: AppModel, rootPath: string): UrlFor {
  const templates = new Map([...model.sockets, ...model.operations].map(({ name, path }) => [name, path]));
  return (name, params = {}) => {
    const template = templates.get(name);
    if (template === undefined)
      throw new RangeError(`urlFor('${name}'): there is no operation of this name; there are ${[...templates.keys()].join(', ')}.`);
    const path = template.replace(/:(\w+)|\*(\w+)$/g, (_, named: string | undefined, rest: string | undefined) => {
      const value = params[named ?? rest ?? ''];
      if (value === undefined) throw new RangeError(`urlFor('${name}'): the parameter '${named ?? rest}' is missing.`);
      return named === undefined ? encodeURI(String(value)) : encodeURIComponent(value);
    });
    return rootPath + path;
  };
}

/** The origin of a request, where its host is one that redirects may name; else nothing, which makes them relative. */
export function originOf(request: FastifyRequest, allowedHosts: readonly string[]): string {
  const { host, protocol } = request;
  const name = host.replace(/:\d+$/, '');
  return allowedHosts.some((allowed) => allowed === name || allowed === host) ? `${protocol}://${host}` : '';
}
