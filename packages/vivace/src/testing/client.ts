import type { Server } from '../declare/server';
import type { BuiltServer } from '../app/server';
import { keepCookies, withCookies } from './cookies';
import { addressOf, authorizationOf, headersOf, payloadOf, type RequestOptions } from './request';
import type { Answer, TestResponse } from './response';
import { redirected, sendOnce, type Sending } from './sending';
import { openSocket, type TestSocket } from './socket';
import { openStream, type TestStream } from './stream';

const DEFAULT_HEADERS = {
  accept: '*/*',
  'accept-encoding': 'gzip, deflate',
  connection: 'keep-alive',
  'user-agent': 'testclient',
};
const MAX_REDIRECTS = 20;

export interface ClientOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly baseUrl?: string;
  readonly ip?: string;
  readonly followRedirects?: boolean;
  readonly raiseErrors?: boolean;
}

/** Calls one built application, and keeps cookies. */
export interface TestClient<State = unknown> extends AsyncDisposable {
  /** The server that it calls. */
  readonly server: Server<State>;
  /** The cookies that it keeps, by name. */
  readonly cookies: Map<string, string>;
  /** Sends a GET request. */
  get(url: string, options?: RequestOptions): Promise<TestResponse>;
  /** Sends a POST request. */
  post(url: string, options?: RequestOptions): Promise<TestResponse>;
  /** Sends a PUT request. */
  put(url: string, options?: RequestOptions): Promise<TestResponse>;
  /** Sends a PATCH request. */
  patch(url: string, options?: RequestOptions): Promise<TestResponse>;
  /** Sends a DELETE request. */
  delete(url: string, options?: RequestOptions): Promise<TestResponse>;
  /** Sends a request of any method. */
  request(method: string, url: string, options?: RequestOptions): Promise<TestResponse>;
  /** Sends a request, and gives its answer when it begins: for streams, which may have no end. */
  stream(method: string, url: string, options?: RequestOptions): Promise<TestStream>;
  /**
   * Opens a WebSocket.
   *
   * @throws WebSocketDisconnect if it is refused
   */
  websocket(url: string, options?: SocketOptions): Promise<TestSocket>;
  /** Closes the server, its singletons and its lifespan. */
  close(): Promise<void>;
}

/** What a handshake sends. */
export interface SocketOptions extends Pick<
  RequestOptions,
  'params' | 'headers' | 'cookies' | 'overrides'
> {
  /** The subprotocols that the client offers. */
  readonly subprotocols?: readonly string[];
}

/** Calls a server without a network. */
export class InjectingClient<State> implements TestClient<State> {
  readonly cookies: Map<string, string>;
  readonly #options: Required<ClientOptions>;
  /** Servers with the overrides of one stream or WebSocket. */
  readonly #variants: BuiltServer<State>[] = [];

  constructor(
    readonly server: BuiltServer<State>,
    options: ClientOptions,
  ) {
    this.#options = {
      headers: {},
      cookies: {},
      baseUrl: 'http://testserver',
      ip: '127.0.0.1',
      followRedirects: true,
      raiseErrors: true,
      ...options,
    };
    this.cookies = new Map(Object.entries(this.#options.cookies));
  }

  get(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('GET', url, options);
  }

  post(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('POST', url, options);
  }

  put(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('PUT', url, options);
  }

  patch(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('PATCH', url, options);
  }

  delete(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('DELETE', url, options);
  }

  async request(method: string, url: string, options: RequestOptions = {}): Promise<TestResponse> {
    const sending = await this.#sending(method, url, options);
    if (options.overrides === undefined) return this.#follow(sending, options, this.server);
    await using variant = await this.server.variant(options.overrides);
    return await this.#follow(sending, options, variant);
  }

  async stream(method: string, url: string, options: RequestOptions = {}): Promise<TestStream> {
    const server = await this.#serverWith(options.overrides);
    // Chunks are shown as they come, so they should come as they are.
    const { 'accept-encoding': _, ...defaults } = DEFAULT_HEADERS;
    const stream = await openStream(
      server,
      this.#withCookies(await this.#sending(method, url, options, defaults), options),
    );
    keepCookies(this.cookies, stream.headers);
    return stream;
  }

  async websocket(
    url: string,
    { params, headers, cookies, overrides, subprotocols = [] }: SocketOptions = {},
  ): Promise<TestSocket> {
    const { ip, raiseErrors, baseUrl } = this.#options;
    const { connection: _, ...defaults } = DEFAULT_HEADERS;
    return openSocket(await this.#serverWith(overrides), {
      address: addressOf(url, baseUrl, params),
      headers: withCookies(
        headersOf(defaults, this.#options.headers, headers ?? {}),
        this.cookies,
        cookies,
      ),
      subprotocols,
      ip,
      raiseErrors,
      answered: (received) => keepCookies(this.cookies, received),
    });
  }

  async close(): Promise<void> {
    for (const variant of this.#variants.splice(0)) await variant.close();
    await this.server.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #serverWith(overrides: RequestOptions['overrides']): Promise<BuiltServer<State>> {
    if (overrides === undefined) return this.server;
    const variant = await this.server.variant(overrides);
    this.#variants.push(variant);
    return variant;
  }

  async #sending(
    method: string,
    url: string,
    options: RequestOptions,
    defaults: Record<string, string> = DEFAULT_HEADERS,
  ): Promise<Sending> {
    const { ip, raiseErrors, baseUrl } = this.#options;
    const payload = await payloadOf(options);
    const address = addressOf(url, baseUrl, options.params);
    const own = {
      host: address.host,
      'content-type': payload?.type,
      authorization: authorizationOf(options.auth),
    };
    const headers = headersOf(defaults, own, this.#options.headers, options.headers ?? {});
    return {
      method: method.toUpperCase(),
      address,
      headers,
      payload,
      ip,
      raiseErrors,
      signal: options.signal,
    };
  }

  #withCookies(sending: Sending, { cookies }: RequestOptions): Sending {
    return { ...sending, headers: withCookies(sending.headers, this.cookies, cookies) };
  }

  async #follow(
    first: Sending,
    options: RequestOptions,
    server: BuiltServer<State>,
  ): Promise<Answer> {
    const { followRedirects = this.#options.followRedirects } = options;
    let sending = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const answer = await sendOnce(server, this.#withCookies(sending, options));
      keepCookies(this.cookies, answer.headers);
      const next = followRedirects ? redirected(sending, answer) : undefined;
      if (next === undefined) return answer;
      sending = next;
    }
    throw new Error(
      `More than ${MAX_REDIRECTS} redirects, the last one to ${sending.address.href}`,
    );
  }
}
