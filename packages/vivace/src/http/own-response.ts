import { Response } from '../responses/response';
import { CONTENT } from '../responses/response';

interface Given {
  readonly status: number;
  readonly headers: Headers;
}

/** Responses that have been given to a request, as they were when they came. */
const given = new WeakMap<Response, Given>();

/**
 * The responses that belong to one request.
 *
 * A program may give one object to many requests; a session cookie that middleware writes into it must not reach the next of them.
 * So the first gets the object itself, and every other a view of it with a status and headers of its own.
 */
export class OwnResponses {
  readonly #own = new WeakSet<Response>();

  of<T extends Response>(response: T): T {
    if (this.#own.has(response)) return response;
    const before = given.get(response);
    const own = before === undefined ? response : view(response, before);
    if (before === undefined)
      given.set(response, { status: response.status, headers: new Headers(response.headers) });
    this.#own.add(own);
    return own;
  }
}

/** A response where nothing stands around the operation: as the program gave it, whatever middleware around another has written into it. */
export function asGiven<T extends Response>(response: T): T {
  const before = given.get(response);
  return before === undefined ? response : view(response, before);
}

function view<T extends Response>(response: T, { status, headers }: Given): T {
  const own: Record<PropertyKey, unknown> = { status, headers: new Headers(headers) };
  return new Proxy(response, {
    get(target, key, receiver) {
      if (Object.hasOwn(own, key)) return own[key];
      // Private fields are those of the response; what writes headers writes ours.
      if (key === CONTENT) return () => target[CONTENT]();
      const shared = Object.hasOwn(Response.prototype, key) || key === 'constructor';
      if (shared) return Reflect.get(target, key, receiver) as unknown;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, key, value) {
      if (key !== 'status') return Reflect.set(target, key, value, target);
      own['status'] = value;
      return true;
    },
  });
}
