import { Pool, type Dispatcher } from 'undici';
import type { Of, Type } from 'vivace';
import { lifetime } from 'vivace/extend';
import type { Answer } from './answer';
import { call, typed, type Calling, type CallOptions } from './call';
import { Circuit } from './circuit';
import { settingsOf, type HttpClientOptions } from './options';

/** A call whose answer has a type: a class, `int`, `[T]`, `oneOf(…)`, a schema of another library. */
export interface TypedCallOptions<X extends Type> extends CallOptions {
  readonly as: X;
}

/**
 * Calls one service. Classes that extend `httpClient(…)` are such clients, injected by their type;
 * one of each is open as long as the application.
 */
export abstract class HttpClient implements AsyncDisposable {
  static readonly [lifetime] = 'singleton';
  /** What sends the calls: for what this class does not say, such as answers that stream. */
  readonly dispatcher: Dispatcher;
  readonly #calling: Calling;
  readonly #pool: Pool | undefined;

  // Optional, as the container has none to give to a class without a constructor of its own.
  constructor(options: HttpClientOptions = {}) {
    const settings = settingsOf(new.target.name, options);
    const { base, connections, timeouts, circuit } = settings;
    if (options.dispatcher === undefined)
      this.#pool = new Pool(base.origin, { connections, connect: { timeout: timeouts.connect } });
    this.dispatcher = options.dispatcher ?? this.#pool!;
    this.#calling = {
      settings,
      dispatcher: this.dispatcher,
      circuit: circuit && new Circuit(circuit),
    };
  }

  /**
   * Makes a call. With `as`, the answer is validated as a body would be.
   *
   * @param path below the `baseUrl`, with the names of its parts: `/charges/:id`
   * @throws CallError if it gave nothing to go on with, or the reason of `signal`
   * @example await this.request('GET', '/charges/:id', { params: { id }, as: Charge })
   */
  request<const X extends Type>(
    method: string,
    path: string,
    options: TypedCallOptions<X>,
  ): Promise<Of<X>>;
  request(method: string, path: string, options?: CallOptions): Promise<Answer>;
  async request(
    method: string,
    path: string,
    options: CallOptions & { readonly as?: Type } = {},
  ): Promise<unknown> {
    const upper = method.toUpperCase();
    const answer = await call(this.#calling, upper, path, options);
    if (options.as === undefined) return answer;
    const { origin } = this.#calling.settings.base;
    return typed(answer, options.as, { method: upper, origin, path });
  }

  /** `request('GET', …)`. */
  get<const X extends Type>(path: string, options: TypedCallOptions<X>): Promise<Of<X>>;
  get(path: string, options?: CallOptions): Promise<Answer>;
  get(path: string, options: CallOptions = {}): Promise<unknown> {
    return this.request('GET', path, options);
  }

  /** `request('POST', …)`: tried again only where nothing was sent, or with an `idempotencyKey`. */
  post<const X extends Type>(path: string, options: TypedCallOptions<X>): Promise<Of<X>>;
  post(path: string, options?: CallOptions): Promise<Answer>;
  post(path: string, options: CallOptions = {}): Promise<unknown> {
    return this.request('POST', path, options);
  }

  /** `request('PUT', …)`. */
  put<const X extends Type>(path: string, options: TypedCallOptions<X>): Promise<Of<X>>;
  put(path: string, options?: CallOptions): Promise<Answer>;
  put(path: string, options: CallOptions = {}): Promise<unknown> {
    return this.request('PUT', path, options);
  }

  /** `request('PATCH', …)`: tried again only where nothing was sent, or with an `idempotencyKey`. */
  patch<const X extends Type>(path: string, options: TypedCallOptions<X>): Promise<Of<X>>;
  patch(path: string, options?: CallOptions): Promise<Answer>;
  patch(path: string, options: CallOptions = {}): Promise<unknown> {
    return this.request('PATCH', path, options);
  }

  /** `request('DELETE', …)`. */
  delete<const X extends Type>(path: string, options: TypedCallOptions<X>): Promise<Of<X>>;
  delete(path: string, options?: CallOptions): Promise<Answer>;
  delete(path: string, options: CallOptions = {}): Promise<unknown> {
    return this.request('DELETE', path, options);
  }

  /** Closes the connections, when what is under way has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool?.close();
  }
}

/**
 * Makes a class whose instances call one service: with time limits, tries again of what may be
 * repeated, and a circuit breaker. A class that extends it is injected by its type.
 *
 * @throws BootError when it is made, for an option that is no number or an address that is none
 * @example
 * export class Payments extends httpClient({ baseUrl: 'https://pay.example.org', timeout: 5 }) {
 *   charge(order: Order): Promise<Charge> {
 *     return this.post('/charges', { json: order, idempotencyKey: order.id, as: Charge });
 *   }
 * }
 */
export function httpClient(
  options: HttpClientOptions = {},
): new (more?: HttpClientOptions) => HttpClient {
  return class extends HttpClient {
    constructor(more: HttpClientOptions = {}) {
      super({ ...options, ...more });
    }
  };
}
