import { CONTENT, HEAD, OWNERSHIP, Response, type Ownership } from '../responses/response';

/**
 * The responses that belong to one request.
 *
 * A program may give one object to many requests; a session cookie that middleware writes into it must not reach the next of them.
 * So the first gets the object itself, and every other a view of it with a status and headers of its own.
 */
export class OwnResponses {
  of<T extends Response>(response: T): T {
    const known = response[OWNERSHIP];
    if (known?.owner === this) return response;
    const own = known === undefined ? response : view(response, known);
    const head = own[HEAD]();
    own[OWNERSHIP] = {
      owner: this,
      status: own.status,
      head: head instanceof Headers ? new Headers(head) : head,
    };
    return own;
  }
}

/** A response where nothing stands around the operation: as the program gave it, whatever middleware around another has written into it. */
export function asGiven<T extends Response>(response: T): T {
  const before = response[OWNERSHIP];
  return before === undefined ? response : view(response, before);
}

function view<T extends Response>(response: T, { status, head }: Ownership): T {
  const headers = new Headers(typeof head === 'string' ? { 'content-type': head } : (head ?? {}));
  const own: Record<PropertyKey, unknown> = {
    status,
    headers,
    [HEAD]: () => headers,
    [OWNERSHIP]: undefined,
  };
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
      if (!Object.hasOwn(own, key)) return Reflect.set(target, key, value, target);
      own[key] = value;
      return true;
    },
  });
}
