import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { SocketOperation } from '../model/model';
import { type RouteContext, ownRoute } from '../http/route-context';
import { answerError } from '../http/pipeline';
import { isAnswering } from '../http/program-errors';
import { fastifyPath } from '../http/routes';
import { SocketSession, type SessionOptions, type SocketRoute } from './socket-session';
import { UPGRADE_ROUTE } from '../http/upgrade-routing';
import { CLOSE_TIMEOUT, upgradesOf } from './wire';
import { settlesWithin } from '../http/settles-within';

export interface WebSocketOptions extends Omit<SessionOptions, 'upgrades' | 'open'> {
  /** The largest message in bytes. */
  readonly maxMessage: number;
  /** Seconds between two pings; 0: none. */
  readonly heartbeat: number;
}

const placeOf = (socket: SocketOperation): RouteContext => ({
  operation: undefined,
  socket,
  exceptions: socket.exceptions,
  middleware: socket.middleware,
});

/** The WebSockets of one server: their routes, and those that are open. */
export class WebSockets {
  readonly #open = new Set<SocketSession>();
  readonly #routes: readonly SocketRoute[];
  #closing = false;

  readonly #options: WebSocketOptions;

  constructor(operations: readonly Omit<SocketRoute, 'place'>[], options: WebSocketOptions) {
    this.#options = options;

    this.#routes = operations.map((route) => ({ ...route, place: placeOf(route.operation) }));
  }

  /** Adds the routes, and takes care of the connections while the server runs. */
  register(fastify: FastifyInstance): void {
    const { heartbeat } = this.#options;
    let beat: NodeJS.Timeout | undefined;
    fastify.register(this.#plugin());
    fastify.addHook('onReady', async () => {
      beat = heartbeat > 0 ? setInterval(() => this.#beat(), heartbeat * 1000).unref() : undefined;
    });
    fastify.addHook('preClose', async () => {
      await this.#close(fastify);
      clearInterval(beat);
    });
  }

  #plugin(): FastifyPluginAsync {
    return async (fastify) => {
      const options: SessionOptions = {
        ...this.#options,
        upgrades: await upgradesOf(fastify, this.#options.maxMessage),
        open: this.#open,
      };
      for (const route of this.#routes) {
        const { operation, place } = route;
        fastify.route({
          method: 'GET',
          url: fastifyPath(operation.path),
          config: ownRoute(place),
          constraints:
            operation.host === undefined
              ? UPGRADE_ROUTE
              : { ...UPGRADE_ROUTE, host: operation.host },
          exposeHeadRoute: false,
          prefixTrailingSlash: 'slash',
          schema: { hide: true },
          handler: (request, reply) => {
            if (isAnswering(request)) return reply;
            const session = new SocketSession(request, reply, route, options);
            if (this.#closing) session.leave();
          },
          errorHandler: (error, request, reply) =>
            answerError(error, request, reply, place, this.#options.serve),
        });
      }
    };
  }

  #beat(): void {
    for (const { socket } of this.#open) socket.beat();
  }

  /** Says good-bye to every client, and waits for their handlers. */
  async #close({ log }: FastifyInstance): Promise<void> {
    this.#closing = true;
    const open = [...this.#open];
    for (const session of open) session.leave();
    // Clients have this long to answer, then handlers to end.
    if (await settlesWithin(2 * CLOSE_TIMEOUT, Promise.all(open.map(({ done }) => done)))) return;
    log.warn({ sockets: this.#open.size }, 'WebSocket handlers did not end with their connections');
  }
}
