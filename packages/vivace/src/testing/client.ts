import { stringifyCookie } from 'cookie';
import inject from 'light-my-request';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from '../declare/application';
import type { BuiltServer } from '../serve/server';
import { unhandledOf } from '../serve/unhandled';
import { addressOf, authorizationOf, headersOf, payloadOf, type Payload, type RequestOptions } from './request';
import { Answer, setCookiesOf, type TestResponse } from './response';
import { openSocket, type TestSocket } from './socket';

const DEFAULT_HEADERS = { accept: '*/*', 'accept-encoding': 'gzip, deflate', connection: 'keep-alive', 'user-agent': 'testclient' };
const DEFAULT_BASE = 'http://testserver';
const DEFAULT_IP = '127.0.0.1';
const MAX_REDIRECTS = 20;

export interface ClientOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly baseUrl?: string;
  readonly ip?: string;
  readonly followRedirects?: boolean;
  readonly raiseErrors?: boolean;
}

/** A client of one built application; it keeps cookies. */
export interface TestClient<State = unknown> extends AsyncDisposable {
  readonly server: Server<State>;
  readonly cookies: Map<string, string>;
  get(url: string, options?: RequestOptions): Promise<TestResponse>;
  post(url: string, options?: RequestOptions): Promise<TestResponse>;
  put(url: string, options?: RequestOptions): Promise<TestResponse>;
  patch(url: string, options?: RequestOptions): Promise<TestResponse>;
  delete(url: string, options?: RequestOptions): Promise<TestResponse>;
  request(method: string, url: string, options?: RequestOptions): Promise<TestResponse>;
  /** Opens a WebSocket; throws `WebSocketDisconnect` if it is refused. */
  websocket(url: string, options?: SocketOptions): Promise<TestSocket>;
  close(): Promise<void>;
}

export interface SocketOptions extends Pick<RequestOptions, 'params' | 'headers' | 'cookies' | 'overrides'> {
  /** The subprotocols to offer. */
  subprotocols?: readonly string[];
}

/** One request as it is sent, redirects not yet followed. */
interface Sending {
  readonly method: string;
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Payload | undefined;
}

/** Calls a server without a network. */
export class InjectingClient<State> implements TestClient<State> {
  readonly cookies: Map<string, string>;

  /** Servers with the overrides of one WebSocket. */
  readonly #variants: BuiltServer<State>[] = [];

  constructor(
    readonly server: BuiltServer<State>,
    private readonly options: ClientOptions,
  ) {
    this.cookies = new Map(Object.entries(options.cookies ?? {}));
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
    const payload = await payloadOf(options);
    const address = addressOf(url, this.options.baseUrl ?? DEFAULT_BASE, options.params);
    const headers = headersOf(
      DEFAULT_HEADERS,
      { host: address.host, 'content-type': payload?.type, authorization: authorizationOf(options.auth) },
      this.options.headers ?? {},
      options.headers ?? {},
    );
    const follow = options.followRedirects ?? this.options.followRedirects ?? true;
    const sending: Sending = { method: method.toUpperCase(), address, headers, payload };
    if (options.overrides === undefined) return this.#follow(sending, follow, options, this.server);
    await using variant = await this.server.variant(options.overrides);
    return await this.#follow(sending, follow, options, variant);
  }

  async websocket(url: string, { params, headers, cookies, overrides, subprotocols = [] }: SocketOptions = {}): Promise<TestSocket> {
    const server = overrides === undefined ? this.server : await this.server.variant(overrides);
    if (server !== this.server) this.#variants.push(server);
    const address = addressOf(url, this.options.baseUrl ?? DEFAULT_BASE, params);
    const { connection: _, ...defaults } = DEFAULT_HEADERS;
    return openSocket(server, {
      address,
      headers: this.#withCookies(headersOf(defaults, this.options.headers ?? {}, headers ?? {}), cookies),
      subprotocols,
      ip: this.options.ip ?? DEFAULT_IP,
      raiseErrors: this.options.raiseErrors !== false,
      answered: (received) => this.#keep(received),
    });
  }

  async close(): Promise<void> {
    for (const variant of this.#variants.splice(0)) await variant.close();
    await this.server.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #follow(first: Sending, follow: boolean, options: RequestOptions, server: BuiltServer<State>): Promise<Answer> {
    let sending = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const answer = await this.#send(sending, options, server);
      const next: Sending | undefined = follow ? redirected(sending, answer) : undefined;
      if (next === undefined) return answer;
      sending = next;
    }
    throw new Error(`More than ${MAX_REDIRECTS} redirects, the last one to ${sending.address.href}`);
  }

  async #send(
    { method, address, headers, payload }: Sending,
    { cookies, signal }: RequestOptions,
    server: BuiltServer<State>,
  ): Promise<Answer> {
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      Object.assign(request.socket, { encrypted: address.protocol === 'https:' });
      server.fastify.routing(request, response);
    };
    const response = await inject(serve as never, {
      method: method as 'GET',
      url: `${address.pathname}${address.search}`,
      headers: this.#withCookies(headers, cookies),
      remoteAddress: this.options.ip ?? DEFAULT_IP,
      payload: payload?.content,
      ...(signal !== undefined && { signal }),
    });
    await server.idle();
    const unhandled = unhandledOf(response.raw.req);
    if (unhandled !== undefined && this.options.raiseErrors !== false) throw unhandled.error;
    const answer = new Answer(response.statusCode, receivedHeaders(response.headers), address.href, response.rawPayload);
    this.#keep(answer.headers);
    return answer;
  }

  #withCookies(headers: Readonly<Record<string, string>>, cookies: RequestOptions['cookies']): Record<string, string> {
    const jar = { ...Object.fromEntries(this.cookies), ...cookies };
    if (Object.keys(jar).length === 0) return headers;
    return { ...headers, cookie: [headers['cookie'], stringifyCookie(jar)].filter(Boolean).join('; ') };
  }

  #keep(received: Headers): void {
    for (const { name, value, maxAge, expires } of setCookiesOf(received)) {
      const gone = maxAge === undefined ? expires !== undefined && expires.getTime() <= Date.now() : maxAge <= 0;
      if (gone) this.cookies.delete(name);
      else this.cookies.set(name, value ?? '');
    }
  }
}

/** The request that a redirect asks for; another origin is not this application, so that redirect is the answer. */
function redirected({ method, address, headers, payload }: Sending, { status, headers: received }: Answer): Sending | undefined {
  const location = received.get('location');
  if (location === null || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  const target = new URL(location, address);
  if (target.origin !== address.origin) return undefined;
  if (target.hash === '') target.hash = address.hash;
  const bare = status === 303 ? method !== 'HEAD' : status <= 302 && method === 'POST';
  if (!bare) {
    if (payload !== undefined && !Buffer.isBuffer(payload.content))
      throw new Error(`${method} ${address.href} was redirected, but a streamed body cannot be sent twice.`);
    return { method, address: target, headers, payload };
  }
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('content-'));
  return { method: 'GET', address: target, headers: Object.fromEntries(kept), payload: undefined };
}

function receivedHeaders(received: Readonly<Record<string, string | number | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, String(one));
  }
  return headers;
}
