import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { CompiledOperation } from '../compile/compile';
import type { Incoming } from '../compile/runtime';
import { HTTPException } from '../errors/http-exception';
import { WebSocketDisconnect } from '../errors/websocket-disconnect';
import type { SocketOperation } from '../model/model';
import { JSONResponse } from '../responses/json-response';
import type { Response } from '../responses/response';
import { asItIs } from '../http/deadlines';
import type { RouteContext } from '../http/route-context';
import { recovery, sendingOf, sendLater, type ServeOptions } from '../http/pipeline';
import { throughMiddleware } from '../http/middleware-chain';
import { copyHeaders, prepareResponse } from '../http/response';
import { SocketExchange } from './socket-exchange';
import type { ServerSocket } from './websocket';
import { closingOf } from './answers';
import { Closing } from './close';
import type { MessageTypes } from './messages';
import { isOriginAllowed, type Origins } from './handshake-origins';
import { checkHandshake, forgetUpgrade, upgradeOf } from '../http/upgrade-routing';
import { logError } from '../http/log-error';

/** What the WebSockets of one server have in common. */
export interface SessionOptions {
  readonly serve: ServeOptions;
  readonly types: MessageTypes;
  readonly upgrades: WebSocketServer;
  readonly origins: Origins | undefined;
  readonly maxBuffered: number;
  /** Those that have not ended. */
  readonly open: Set<SocketSession>;
}

export interface SocketRoute {
  readonly operation: SocketOperation;
  readonly compiled: CompiledOperation;
  readonly place: RouteContext;
}

const SESSION = Symbol('vivace.session');
type Known = Duplex & { [SESSION]?: SocketSession };

/** The WebSocket on a connection: a test wants to know more of it than its client can. */
export function sessionOn(connection: Duplex): SocketSession | undefined {
  return (connection as Known)[SESSION];
}

/** One WebSocket from its handshake to the end of its clean-up. */
export class SocketSession {
  readonly #exchange: SocketExchange;
  readonly #connection: Duplex;
  /** Whether the handler was called. */
  #runs = false;
  /** How much has not ended: the handshake, and the handler. */
  #unfinished = 1;
  #done: PromiseWithResolvers<void> | undefined;
  #refusal: Closing | undefined;

  readonly #route: SocketRoute;
  readonly #options: SessionOptions;

  constructor(
    readonly request: FastifyRequest,
    reply: FastifyReply,
    route: SocketRoute,
    options: SessionOptions,
  ) {
    this.#route = route;
    this.#options = options;

    this.#exchange = new SocketExchange(request, reply, options.serve.exchange, options);
    this.#connection = upgradeOf(request.raw)!.socket;
    (this.#connection as Known)[SESSION] = this;
    options.open.add(this);
    void this.#begin(reply);
  }

  /** Kept when the handler has ended and everything that was opened for it is closed. */
  get done(): Promise<void> {
    // Made for who asks: WebSockets are many and live for long.
    if (this.#unfinished === 0) return Promise.resolve();
    return (this.#done ??= Promise.withResolvers()).promise;
  }

  get socket(): ServerSocket {
    return this.#exchange.socket;
  }
  /** What the program refused the handshake with, if it did. */
  get refusal(): Closing | undefined {
    return this.#refusal;
  }

  /** The server closes. */
  leave(): void {
    const { socket } = this;
    if (socket.isDecided) void socket.conclude(1001);
    else socket.refuse(new JSONResponse({ detail: 'The server is closing' }, { status: 503 }));
  }

  #abort(error: unknown): void {
    logError(this.request, error, 'A WebSocket failed');
    this.socket.lose(new WebSocketDisconnect(1006));
    this.#connection.destroy();
  }

  async #begin(reply: FastifyReply): Promise<void> {
    try {
      await this.#answerHandshake(reply);
    } catch (error) {
      this.#abort(error);
    } finally {
      this.#finished();
    }
  }

  #finished(): void {
    this.#unfinished -= 1;
    if (this.#unfinished > 0) return;
    this.#options.open.delete(this);
    this.#done?.resolve();
  }

  /** Sends the handshake through middleware to the handler, and says what they decide. */
  async #answerHandshake(reply: FastifyReply): Promise<void> {
    const { serve } = this.#options;
    const exchange = this.#exchange;
    const recover = recovery(this.#route.place, serve, this.request, exchange);
    const layers = throughMiddleware(
      this.#route.place.middleware,
      exchange.request,
      (response) => exchange.responses.of(response),
      () => this.#decision(),
      recover,
    );
    const decided = exchange.limited(layers, serve.deadlines, asItIs);
    const response = await Promise.resolve(decided).catch((error: unknown) => this.#answer(error));
    if (response.status === 101) this.#upgrade(response.headers, reply);
    else this.#refuse(response, reply);
  }

  /** What the handler decides; it goes on when the connection is open. */
  async #decision(): Promise<Response> {
    if (!this.#runs) {
      checkHandshake(this.request.raw);
      if (!isOriginAllowed(this.request, this.#options.origins, this.#route.place.middleware))
        throw new HTTPException(403, 'Pages of this origin may not open WebSockets here');
      this.#runs = true;
      this.#unfinished += 1;
      this.#run();
    }
    return this.socket.verdict;
  }

  /** Many run for long: an asynchronous function that waits would take more memory. */
  #run(): void {
    let running: unknown;
    try {
      running = this.#route.compiled.handle(this.request as Incoming, this.#exchange);
    } catch (error) {
      return void this.#end({ error });
    }
    Promise.resolve(running).then(
      () => this.#end(),
      (error: unknown) => this.#end({ error }),
    );
  }

  async #end(failure?: { readonly error: unknown }): Promise<void> {
    const { socket } = this;
    try {
      if (failure !== undefined && !(failure.error instanceof WebSocketDisconnect))
        await this.#fail(failure.error);
      else if (failure !== undefined || socket.isDecided) await socket.conclude(1000);
      else this.#warnUnused();
      await this.#exchange.afterwork();
    } catch (error) {
      this.#abort(error);
    } finally {
      this.#finished();
    }
  }

  #warnUnused(): void {
    const { name } = this.#route.operation.root;
    this.request.log.warn(
      `${name} ended without a use of its WebSocket, so the handshake is refused: accept(), receive() or send().`,
    );
    this.socket.refuse(new Closing(1000, ''));
  }

  async #fail(error: unknown): Promise<void> {
    const { socket } = this;
    this.#exchange.dropTasks();
    if (
      !socket.isDecided &&
      this.#options.serve.errors.isUnhandled(error, this.#route.place.exceptions)
    )
      return socket.fail(error);
    const response = await this.#answer(error);
    if (!socket.isDecided) return socket.refuse(response);
    const { code, reason } = closingOf(response, error);
    await socket.conclude(code, reason);
  }

  async #answer(error: unknown): Promise<Response> {
    return this.#options.serve.errors.answer(
      error,
      this.#route.place.exceptions,
      this.request,
      () => this.#exchange.request,
    );
  }

  #refuse(response: Response, reply: FastifyReply): void {
    const { socket } = this;
    if (response instanceof Closing) this.#refusal = response;
    // Middleware may answer otherwise than the handler decided.
    socket.lose(new WebSocketDisconnect(1006, `The handshake was refused with ${response.status}`));
    sendLater(
      prepareResponse(
        response,
        sendingOf(this.request, reply, this.#route.place, this.#options.serve),
      ),
      reply,
    );
  }

  #upgrade(headers: Headers, reply: FastifyReply): void {
    const { request, socket } = this;
    const upgrade = upgradeOf(request.raw)!;
    copyHeaders(reply, headers);
    reply.hijack();
    upgrade.headers = reply.getHeaders();
    upgrade.response.detachSocket(upgrade.socket as Socket);
    this.#options.upgrades.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (wire) =>
      socket.open(wire, upgrade.socket),
    );
    if (socket.isOpen) forgetUpgrade(request.raw);
    // The client was gone before it heard the answer.
    else socket.lose(new WebSocketDisconnect(1006));
    this.#exchange.releaseHandshake();
  }
}
