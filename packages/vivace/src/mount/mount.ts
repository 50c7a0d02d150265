import type { IncomingMessage, ServerResponse } from 'node:http';
import { BootError } from '../errors/boot-error';

/** The rest of an address as an address of its own. */
export function rooted(rest: string): string {
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** A handler of the standard request and response of browsers, as many runtimes know it. */
export type FetchHandler = (
  request: globalThis.Request,
) => globalThis.Response | Promise<globalThis.Response>;

/** A handler of Node's request and response: an Express application, Connect middleware, or a function of two parameters. */
export type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => unknown;

/** An application with a fetch handler. */
export interface FetchApplication {
  /** Answers a request. */
  readonly fetch: FetchHandler;
}

/** What `mount` takes beside applications of ours. */
export type ForeignHandler = FetchApplication | FetchHandler | NodeHandler;

/** Tells handlers apart: one with `fetch`, else by the number of parameters. */
export function kindOf(
  handler: unknown,
  path: string,
):
  | { readonly fetch: FetchHandler; readonly node?: never }
  | { readonly node: NodeHandler; readonly fetch?: never } {
  const fetch = (handler as { readonly fetch?: unknown } | null)?.fetch;
  if (typeof fetch === 'function')
    return { fetch: (request) => Reflect.apply(fetch, handler, [request]) as globalThis.Response };
  if (typeof handler === 'function' && handler.length === 1)
    return { fetch: handler as FetchHandler };
  if (typeof handler === 'function' && handler.length > 1) return { node: handler as NodeHandler };
  throw new BootError(
    'MOUNT_VALUE',
    { member: `mount('${path}')` },
    typeof handler === 'function'
      ? 'The handler names no parameters.'
      : `This is ${describeValue(handler)}, not an application.`,
    'a Vivace, an object with fetch(request), or a function of (request, response, next)',
  );
}

function describeValue(value: unknown): string {
  return value === null || typeof value !== 'object'
    ? String(value)
    : `an instance of ${value.constructor?.name ?? 'Object'}`;
}
