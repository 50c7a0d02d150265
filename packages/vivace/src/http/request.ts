import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { parseCookies } from '../compile/request-values';
import { Request, type RequestState, type UploadFile } from '../declare/context-classes';
import type { BodyReader } from './body/body';
import { rawPathOf, withoutAuthority, type PathReader } from './path-reader';
import { requestHeaders } from './request-headers';

/** Gives the address of an operation. */
export type UrlFor = (name: string, params?: Readonly<Record<string, string | number>>) => string;

/** What a request has beside Fastify's own. */
export interface RequestContext {
  readonly bodyReader: BodyReader;
  readonly rootPath: string;
  readonly signal: AbortSignal;
  /** Told of the headers when somebody asks for the client's address. */
  readonly noteProxy: (headers: FastifyRequest['headers']) => void;
  readonly urlFor: UrlFor;
  readonly paths: PathReader;
}

/** The request as handlers, dependencies and middleware see it; its parts are made when they are asked for. */
export class IncomingRequest extends Request {
  #query: URLSearchParams | undefined;
  #headers: Headers | undefined;
  #cookies: Readonly<Record<string, string>> | undefined;
  #state: RequestState | undefined;
  /** What the router saw: a mounted handler of Node changes it. */
  readonly #routed: string;

  readonly #context: RequestContext;

  constructor(
    override readonly fastify: FastifyRequest,
    context: RequestContext,
  ) {
    super();
    this.#context = context;
    this.#routed = fastify.url;
  }

  override get id(): string {
    return this.fastify.id;
  }
  override get method(): string {
    return this.fastify.method;
  }
  override get url(): string {
    return withoutAuthority(this.fastify.originalUrl);
  }
  override get path(): string {
    return this.#context.paths.read(this.#routed);
  }
  override get rawPath(): string {
    return rawPathOf(this.url);
  }
  override get rootPath(): string {
    return this.#context.rootPath;
  }
  override get params(): Readonly<Record<string, string>> {
    return this.fastify.params as Readonly<Record<string, string>>;
  }
  override get query(): URLSearchParams {
    return (this.#query ??= new URLSearchParams(this.url.slice(this.rawPath.length)));
  }
  override get headers(): Headers {
    return (this.#headers ??= requestHeaders(this.fastify.headers));
  }
  override get cookies(): Readonly<Record<string, string>> {
    return (this.#cookies ??= parseCookies(this.fastify.headers.cookie));
  }
  override get ip(): string {
    this.#context.noteProxy(this.fastify.headers);
    // Fastify's type does not know that a Unix socket has none.
    return (this.fastify.ip as string | undefined) ?? '';
  }
  override get signal(): AbortSignal {
    return this.#context.signal;
  }
  override get state(): RequestState {
    return (this.#state ??= {});
  }
  /** Undefined where nobody asked for it. */
  get knownState(): RequestState | undefined {
    return this.#state;
  }
  override get log(): FastifyRequest['log'] {
    return this.fastify.log;
  }

  override body(): Promise<Uint8Array> {
    return this.#context.bodyReader.bytes();
  }
  override text(): Promise<string> {
    return this.#context.bodyReader.text();
  }
  override json(): Promise<unknown> {
    return this.#context.bodyReader.json();
  }
  override async form(): Promise<ReadonlyMap<string, readonly (string | UploadFile)[]>> {
    const values = await this.#context.bodyReader.form();
    return new Map([...values.names()].map((name) => [name, values.all(name)]));
  }
  override stream(): Readable {
    return this.#context.bodyReader.stream();
  }
  override replaceBody(content: Readable | Uint8Array): void {
    this.#context.bodyReader.replace(
      content instanceof Uint8Array ? Readable.from([Buffer.from(content)]) : content,
    );
  }

  override urlFor(name: string, params?: Readonly<Record<string, string | number>>): string {
    return this.#context.urlFor(name, params);
  }
}
