import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange, Marks } from '../compile/runtime';
import { isGenerator } from '../errors/async';
import type { Request, WebSocket } from '../declare/parts';
import type { ExitScope as ExitScopeName } from '../model/node';
import type { Operation } from '../model/model';
import { Response } from '../responses/response';
import { Tasks } from './background-tasks';
import { arrivingBody } from './body/arriving';
import { BodyReader, type BodyOptions } from './body/body';
import { digestOfBytes, digestOfForm } from './body/digest';
import { completed, type Answer } from './completed';
import type { Deadlines } from './deadlines';
import { clientDisconnected } from './stream/client-disconnected';
import type { Afterwork, Pending } from './pending';
import { streamOf } from './stream/chunk-stream';
import { begun, isStreaming, chunksOf } from './stream/chunks';
import { OwnResponses } from './own-response';
import type { PathReader } from './path-reader';
import { OutgoingReply } from './reply';
import { IncomingRequest, type RequestContext, type UrlFor } from './request';
import { readyResponse } from './response';
import { textOf, type Asked, type Replay } from './replay';
import type { RootPath } from './root-path';
import { ExitScope, type Failure } from './exit-scope';
import { logError } from './log-error';

/** What the requests of one server, or of one operation, have in common. */
export interface ExchangeOptions {
  readonly body: BodyOptions;
  readonly noteProxy: RequestContext['noteProxy'];
  readonly rootPath: RootPath;
  readonly urlFor: (request: FastifyRequest) => UrlFor;
  readonly paths: PathReader;
}

const EXCHANGE = Symbol('vivace.exchange');
type Known = FastifyRequest & { [EXCHANGE]?: RequestExchange };

/** The exchange of a Fastify request: one for middleware, handler and exception handlers. */
export function exchangeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  operation: Operation | undefined,
  options: ExchangeOptions,
): RequestExchange {
  const known: Known = request;
  return (known[EXCHANGE] ??= new RequestExchange(request, reply, operation, options));
}

/**
 * The reply to a request. Headers that are set on it stand in every answer, also in that to an error that nobody handles;
 * middleware sees a response only where there is one.
 */
export function replyOf(request: Request): FastifyReply {
  return exchangeOfRequest(request).fastifyReply;
}

/** The exchange that a request of ours belongs to. */
export function exchangeOfRequest({ fastify }: Request): RequestExchange {
  return (fastify as Known)[EXCHANGE]!;
}

/** One request on its way: its facade, its body, its scopes and tasks, each made when it is needed. */
export class RequestExchange implements Exchange, RequestContext, Afterwork {
  /** Of a handshake. */
  socket: WebSocket | undefined;
  #ownResponses: OwnResponses | undefined;
  #requestFacade: IncomingRequest | undefined;
  #replyFacade: OutgoingReply | undefined;
  #reader: BodyReader | undefined;
  #work: Tasks | undefined;
  #functionScope: ExitScope | undefined;
  #requestScope: ExitScope | undefined;
  #abortion: AbortController | undefined;
  #deadline: AbortSignal | undefined;
  #abandoned: Failure | undefined;
  #settled = false;
  #awaited = false;
  readonly #replays = new Map<unknown, Replay>();

  readonly #fastifyRequest: FastifyRequest;
  readonly #operation: Operation | undefined;
  readonly #options: ExchangeOptions;

  constructor(
    fastifyRequest: FastifyRequest,
    public fastifyReply: FastifyReply,
    operation: Operation | undefined,
    options: ExchangeOptions,
  ) {
    this.#fastifyRequest = fastifyRequest;
    this.#operation = operation;
    this.#options = options;
  }

  get request(): IncomingRequest {
    return (this.#requestFacade ??= new IncomingRequest(this.#fastifyRequest, this));
  }
  /** The responses that belong to this request. */
  get responses(): OwnResponses {
    return (this.#ownResponses ??= new OwnResponses());
  }
  get reply(): OutgoingReply {
    return (this.#replyFacade ??= new OutgoingReply(this.fastifyReply, this.defaultStatus));
  }
  get tasks(): Tasks {
    return (this.#work ??= new Tasks());
  }
  get signal(): AbortSignal {
    return this.socket?.signal ?? this.#deadline ?? (this.#abortion ??= this.#watchClient()).signal;
  }
  get task(): string | undefined {
    return this.#work?.running;
  }
  get session(): unknown {
    return this.request.state['session'];
  }
  get bodyReader(): BodyReader {
    return (this.#reader ??= new BodyReader(
      this.#fastifyRequest.raw,
      this.#options.body,
      () => this.fastifyReply.raw.writeContinue(),
      arrivingBody(this.#fastifyRequest),
    ));
  }
  get noteProxy(): ExchangeOptions['noteProxy'] {
    return this.#options.noteProxy;
  }
  get rootPath(): string {
    return this.#options.rootPath(this.#fastifyRequest);
  }
  get urlFor(): UrlFor {
    return this.#options.urlFor(this.#fastifyRequest);
  }
  get paths(): PathReader {
    return this.#options.paths;
  }
  /** The status of an answer of which nobody says otherwise. */
  get defaultStatus(): number {
    return this.#operation?.response.status ?? 200;
  }
  /** What the handler said of the response, if anything. */
  get said(): OutgoingReply | undefined {
    return this.#replyFacade;
  }

  /** What `finish` makes of an answer, within the time there is: after it the signal is aborted, and the handler is on its own. */
  limited<T, R>(
    answer: PromiseLike<T>,
    deadlines: Deadlines,
    finish: (value: T) => R | PromiseLike<R>,
  ): Promise<R> {
    const expired = (error: Error): void => {
      this.abandon(error);
      this.#abortion?.abort(error);
    };
    return deadlines.limit(answer, finish, expired, this.#operation?.root.name);
  }

  body(): Promise<unknown> {
    return this.#operation?.body?.kind === 'json'
      ? this.bodyReader.value(this.#operation.body)
      : this.bodyReader.form();
  }

  /**
   * Has an answer given again, if it can be, in place of running the handler.
   *
   * @param by whom: what stands around an operation twice has its say once
   */
  replayedBy(by: unknown, replay: Replay): void {
    if (this.#operation?.replays === false)
      throw new TypeError(
        'Middleware that gives answers again is called by another one: it belongs into a list of middleware.',
      );
    if (!this.#replays.has(by)) this.#replays.set(by, replay);
  }

  async replay(marks: () => Marks, handler: () => unknown): Promise<unknown> {
    if (this.#replays.size === 0) return handler();
    const replays = [...this.#replays.values()];
    const { inputs, caller } = marks();
    const asked: Asked = {
      operation: this.#operation!,
      inputs: textOf(inputs),
      caller: textOf(caller),
      body: () => this.#bodyDigest(),
    };
    let answer: Answer | undefined;
    let made: Response | undefined;
    const run = async (index: number): Promise<Response> => {
      const replay = replays[index];
      if (replay !== undefined) return replay(asked, () => run(index + 1));
      answer = (await begun(await handler())) as Answer;
      return (made = completed(
        answer,
        this,
        this.#operation?.response.media ?? 'application/json',
      ));
    };
    const given = await run(0);
    return given === made ? answer : given;
  }

  enter(generator: object, scope: ExitScopeName): Promise<unknown> {
    if (!isGenerator(generator)) throw new TypeError('A generator dependency gave no generator.');
    return this.#scopeOf(scope).enter(generator);
  }

  async leave<T>(answer: T): Promise<T> {
    const failure = (await this.#unready(answer)) ?? this.#abandoned;
    this.#settled = true;
    // A handler that streams ends with its stream.
    if (failure === undefined && isStreaming(answer)) return answer;
    const end = await this.#closeFunctionScope(failure);
    if (end === undefined) return answer;
    await chunksOf(answer)?.close();
    throw await this.fail(end.error);
  }

  async fail(error: unknown): Promise<unknown> {
    this.#settled = true;
    const failure = await this.#closeFunctionScope({ error });
    return ((await this.#requestScope?.close(failure)) ?? failure)?.error;
  }

  #bodyDigest(): Promise<string> {
    return this.#operation?.body === undefined || this.#operation.body.kind === 'json'
      ? digestOfBytes(this.bodyReader, this.#fastifyRequest.headers['content-type'])
      : digestOfForm(this.bodyReader);
  }

  /** Lets another signal, too, end what belongs to the request. */
  endWith(signal: AbortSignal): void {
    this.#deadline = AbortSignal.any([this.signal, signal]);
  }

  /** The request is answered without its handler; if that still runs, its clean-up will see the error. */
  abandon(error: unknown): void {
    this.dropTasks();
    this.#abandoned ??= { error };
  }

  /** Lets go of the reply of a handshake, which is answered while the request lives on. */
  releaseReply(): void {
    this.#replyFacade = undefined;
    this.fastifyReply = undefined as never;
  }

  /** Forgets the tasks: they belong to a response that will not be sent. */
  dropTasks(): void {
    this.#work = undefined;
  }

  /** Has what is left to do done when the response has been sent. */
  finishAfter(pending: Pending): void {
    const open =
      this.#functionScope !== undefined ||
      this.#requestScope !== undefined ||
      this.#reader?.keepsFiles === true;
    if (this.#awaited || (this.#work === undefined && !open)) return;
    this.#awaited = true;
    pending.afterResponse(this.fastifyReply, this);
  }

  #watchClient(): AbortController {
    const abortion = new AbortController();
    const { raw } = this.fastifyReply;
    const abort = (): void => {
      if (!raw.writableFinished || streamOf(raw)?.whole === false)
        abortion.abort(clientDisconnected());
    };
    if (this.#abandoned !== undefined) abortion.abort(this.#abandoned.error);
    else if (raw.closed) abort();
    else raw.once('close', abort);
    return abortion;
  }

  /** What happens after the response: tasks, then the clean-up of scope `request`; `streaming` is why a stream broke off. */
  async afterwork(streaming?: Failure): Promise<void> {
    // A handler that still runs closes what it opened when it ends.
    if (this.#abandoned === undefined || this.#settled) await this.#finish(streaming);
    await this.#reader?.dispose();
  }

  async #finish(streaming: Failure | undefined): Promise<void> {
    const broken = await this.#closeFunctionScope(streaming);
    if (broken === undefined) await this.#work?.run(this.#fastifyRequest);
    const failure = (await this.#requestScope?.close(broken)) ?? broken;
    if (failure !== undefined && failure.error !== streaming?.error)
      logError(this.#fastifyRequest, failure.error, 'A clean-up after the response failed');
  }

  /** Why an answer cannot be sent, if it cannot. */
  async #unready(answer: unknown): Promise<Failure | undefined> {
    try {
      if (answer instanceof Response) await readyResponse(answer);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  async #closeFunctionScope(failure: Failure | undefined): Promise<Failure | undefined> {
    return this.#functionScope === undefined ? failure : this.#functionScope.close(failure);
  }

  #scopeOf(scope: ExitScopeName): ExitScope {
    const { log } = this.#fastifyRequest;
    return scope === 'function'
      ? (this.#functionScope ??= new ExitScope(log))
      : (this.#requestScope ??= new ExitScope(log));
  }
}
