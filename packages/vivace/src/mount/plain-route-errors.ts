import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { exchangeOf } from '../http/exchange-of';
import type { MountedApps } from '../http/mounted-apps';
import { asGiven } from '../http/own-response';
import { sendingOf } from '../http/pipeline';
import { refusalOutside } from '../http/plugin-errors';
import { prepareResponse } from '../http/response';
import { contextOfRoute } from '../http/route-context';

/**
 * Has faults of plain Fastify routes answered as those of operations, since Fastify tells the client what they say.
 * What they refuse keeps their form, and a plugin that answers errors itself has its way.
 */
export function answerPlainFaults(fastify: FastifyInstance, mountedApps: MountedApps): void {
  const ordinary = fastify.errorHandler;
  fastify.addHook('onRoute', function (route) {
    if (contextOfRoute(route.config) !== undefined || route.errorHandler !== undefined) return;
    route.errorHandler = (error, request, reply) =>
      this.errorHandler === ordinary && refusalOutside(error, reply) === undefined
        ? answerOf(error, request, reply, mountedApps)
        : void reply.send(error);
  });
}

async function answerOf(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  mountedApps: MountedApps,
): Promise<unknown> {
  const { outside, options } = mountedApps.of(request);
  const exchange = exchangeOf(request, reply, undefined, options.exchange);
  const response = await options.errors.answer(
    error,
    outside.exceptions,
    request,
    () => exchange.request,
  );
  const sending = sendingOf(request, reply, outside, options);
  return (await prepareResponse(asGiven(response), sending)) ?? null;
}
