import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestExchange } from '../http/exchange';
import type { ExchangeOptions } from '../http/exchange-options';
import { adoptExchange } from '../http/exchange-of';
import { ServerSocket, type SocketOptions } from './websocket';

/** The exchange of a handshake and of the WebSocket that it becomes, which lives on when the handshake is answered. */
export class SocketExchange extends RequestExchange {
  readonly socket: ServerSocket;

  constructor(
    request: FastifyRequest,
    reply: FastifyReply,
    options: ExchangeOptions,
    socketOptions: SocketOptions,
  ) {
    super(request, reply, undefined, options);
    adoptExchange(request, this);
    this.socket = new ServerSocket(this.request, socketOptions);
  }

  override get signal(): AbortSignal {
    return this.socket.signal;
  }

  /** Lets go of the handshake and its answers. */
  releaseHandshake(): void {
    this.ownResponses = undefined;
    this.replyFacade = undefined;
    this.fastifyReply = undefined as never;
  }
}
