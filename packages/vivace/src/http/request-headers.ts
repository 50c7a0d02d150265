import type { IncomingHttpHeaders } from 'node:http';

/**
 * The headers of a request as the standard class; most readers ask for one or two of them,
 * so that the (slow) standard object is made only for the others.
 */
class RequestHeaders {
  #standard: Headers | undefined;
  readonly #sent: IncomingHttpHeaders;

  constructor(sent: IncomingHttpHeaders) {
    this.#sent = sent;
  }

  get(name: string): string | null {
    if (this.#standard !== undefined) return this.#standard.get(name);
    const key = name.toLowerCase();
    const value = Object.hasOwn(this.#sent, key) ? this.#sent[key] : undefined;
    return typeof value === 'object' ? value.join(', ') : (value ?? null);
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  standard(): Headers {
    if (this.#standard === undefined) {
      this.#standard = new Headers();
      for (const [name, value] of Object.entries(this.#sent)) {
        for (const one of typeof value === 'object' ? value : [value ?? ''])
          this.#standard.append(name, one);
      }
    }
    return this.#standard;
  }
}

for (const name of [
  'append',
  'delete',
  'set',
  'getSetCookie',
  'forEach',
  'keys',
  'values',
  'entries',
  Symbol.iterator,
] as const) {
  Object.defineProperty(RequestHeaders.prototype, name, {
    configurable: true,
    writable: true,
    value(this: RequestHeaders, ...args: unknown[]): unknown {
      const headers = this.standard();
      return (headers[name] as (...args: unknown[]) => unknown).apply(headers, args);
    },
  });
}

let related = false;

export function requestHeaders(sent: IncomingHttpHeaders): Headers {
  // On first use: Node loads all of `fetch` when a program mentions its classes.
  if (!related) Object.setPrototypeOf(RequestHeaders.prototype, Headers.prototype);
  related = true;
  return new RequestHeaders(sent) as unknown as Headers;
}
