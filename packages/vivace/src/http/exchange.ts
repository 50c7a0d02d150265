import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange, Marks } from '../compile/runtime';
import { after } from '../errors/async';
import type { HTTPException } from '../errors/http-exception';
import type { Operation } from '../model/model';
import type { ExitScopeName } from '../declare/options/dependency-options';
import type { Response } from '../responses/response';
import { Tasks } from './background-tasks';
import { arrivingBody } from './body/arriving';
import { BodyReader } from './body/body';
import { digestOf } from './body/digest';
import { lookedAt, type Answer } from './completed';
import type { Deadlines, Timed, Told } from './deadlines';
import type { ExchangeOptions } from './exchange-options';
import type { Failure } from './exit-scope';
import { logError } from './log-error';
import type { Afterwork, Pending } from './pending';
import { OwnResponses } from './own-response';
import type { Replay } from './replay';
import { Replays } from './replays';
import { OutgoingReply } from './reply';
import { IncomingRequest, type RequestContext, type UrlFor } from './request';
import { RequestScopes } from './request-scopes';
import { RequestSignal } from './request-signal';
import { begun, type RunInContext } from './stream/chunks';

/** One request on its way: its facade, its body, its scopes and tasks, each made when it is needed. */
export class RequestExchange implements Exchange, RequestContext, Afterwork, Timed {
  protected ownResponses: OwnResponses | undefined;
  requestFacade: IncomingRequest | undefined;
  protected replyFacade: OutgoingReply | undefined;
  #reader: BodyReader | undefined;
  #work: Tasks | undefined;
  #scopes: RequestScopes | undefined;
  #replays: Replays | undefined;
  #requestSignal: RequestSignal | undefined;
  /** Runs what comes after the handler where its middleware had it run, if there is any of that. */
  runInContext: RunInContext | undefined;
  #awaited = false;
  #deadlines: Deadlines | undefined;
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
    return (this.requestFacade ??= new IncomingRequest(this.#fastifyRequest, this));
  }
  /** The responses that belong to this request. */
  get responses(): OwnResponses {
    return (this.ownResponses ??= new OwnResponses());
  }
  get reply(): OutgoingReply {
    return (this.replyFacade ??= new OutgoingReply(this.fastifyReply, this.defaultStatus));
  }
  get tasks(): Tasks {
    return (this.#work ??= new Tasks());
  }
  get signal(): AbortSignal {
    return this.#watched.current;
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
  get paths(): ExchangeOptions['paths'] {
    return this.#options.paths;
  }
  get store(): ExchangeOptions['store'] {
    return this.#options.store;
  }
  /** The status of an answer of which nobody says otherwise. */
  get defaultStatus(): number {
    return this.#operation?.response.status ?? 200;
  }
  /** What the handler said of the response, if anything. */
  get said(): OutgoingReply | undefined {
    return this.replyFacade;
  }
  /** Milliseconds in which the client was waited for. */
  get waited(): number {
    return this.#reader?.waited.milliseconds ?? 0;
  }

  /** What `finish` makes of an answer, within the time there is: after it the signal is aborted, and the handler is on its own. */
  limited<T, R>(
    answer: PromiseLike<T>,
    deadlines: Deadlines,
    finish: (value: T) => R | PromiseLike<R>,
  ): Told<R> {
    this.#deadlines = deadlines;
    return deadlines.tell(answer, finish, this.#operation?.root.name, this);
  }

  /** The request is answered without its handler, which goes on to make this answer. */
  leaveBehind(answer: PromiseLike<unknown>, error: unknown): void {
    this.abandon(error);
    this.#deadlines?.leaveBehind(answer);
  }

  body(): unknown {
    return after(this.letGo(), () => this.bodyReader.read(this.#operation?.body));
  }
  withBody(use: (body: unknown) => unknown): unknown {
    return after(this.letGo(), () => this.bodyReader.readWith(this.#operation?.body, use));
  }
  /** Whoever sends a body may be slow: nothing scarce is held meanwhile. */
  letGo(): Promise<void> | undefined {
    return this.#scopes?.letGo();
  }

  /**
   * Has an answer given again, if it can be, in place of running the handler.
   *
   * @param by whom: what stands around an operation twice has its say once
   */
  replayedBy(by: unknown, replay: Replay): void {
    (this.#replays ??= new Replays(this.#operation)).add(by, replay);
  }

  async replay(marks: () => Marks, handler: () => unknown): Promise<unknown> {
    if (this.#replays === undefined) return handler();
    let answer: Answer | undefined;
    let made: Response | undefined;
    const make = async (): Promise<Response> => {
      answer = (await begun(await handler())) as Answer;
      return (made = lookedAt(answer, this, this.#operation?.response.media ?? 'application/json'));
    };
    const given = await this.#replays.run(marks(), () => this.#bodyDigest(), make);
    return given === made ? answer : given;
  }

  enter(generator: object, scope: ExitScopeName): unknown {
    return this.#opened.enter(generator, scope);
  }
  get isUnsettled(): boolean {
    return this.#scopes?.isUnsettled === true;
  }
  settle(): Promise<void> {
    return this.#opened.settle();
  }
  leave<T>(answer: T): T | Promise<T> {
    return this.#opened.leave(answer);
  }
  fail(error: unknown): Promise<unknown> {
    return this.#opened.fail(error);
  }

  /** Lets another signal, too, end what belongs to the request. */
  endWith(signal: AbortSignal): void {
    this.#watched.endWith(signal);
  }

  /** The time is up. */
  expire(error: HTTPException): void {
    this.abandon(error);
    this.#requestSignal?.abort(error);
  }

  /** The request is answered without its handler; if that still runs, its clean-up will see the error. */
  abandon(error: unknown): void {
    this.dropTasks();
    this.#opened.abandon(error);
    // Whoever still waits for the body hears of it, and closes what is open.
    this.#reader?.end(error);
  }

  /** Forgets the tasks: they belong to a response that will not be sent. */
  dropTasks(): void {
    this.#work = undefined;
  }

  /** Keeps the context that middleware runs the request in, if something of it goes on after the handler. */
  keepContext(streams: boolean): void {
    if (streams || this.#hasAfterwork) this.runInContext = AsyncLocalStorage.snapshot();
  }

  /** Has what is left to do done when the response has been sent. */
  finishAfter(pending: Pending): void {
    if (this.#awaited || !this.#hasAfterwork) return;
    this.#awaited = true;
    pending.afterResponse(this.fastifyReply, this);
  }

  /** What happens after the response: tasks, then the clean-up of scope `request`; `broken` is why a stream broke off. */
  afterwork(broken?: Failure): unknown {
    return this.runInContext === undefined
      ? this.#finish(broken)
      : this.runInContext(() => this.#finish(broken));
  }

  #finish(broken: Failure | undefined): unknown {
    const request = this.#fastifyRequest;
    const closed = this.#opened.finish(broken, () => this.#work?.run(request));
    return after(closed, (failure) => {
      if (failure !== undefined)
        logError(request, failure.error, 'A clean-up after the response failed');
      return this.#reader?.dispose();
    });
  }

  get #hasAfterwork(): boolean {
    return (
      this.#work !== undefined || this.#scopes?.isOpen === true || this.#reader?.isOpen === true
    );
  }
  get #opened(): RequestScopes {
    return (this.#scopes ??= new RequestScopes(this.#fastifyRequest.log));
  }
  get #watched(): RequestSignal {
    const abandoned = this.#scopes?.abandoned;
    return (this.#requestSignal ??= new RequestSignal(this.fastifyReply.raw, abandoned));
  }

  #bodyDigest(): Promise<string> {
    const type = this.#fastifyRequest.headers['content-type'];
    return digestOf(this.bodyReader, type, this.#operation?.body);
  }
}
