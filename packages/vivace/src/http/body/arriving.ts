import type { FastifyContentTypeParser, FastifyRequest } from 'fastify';
import { PassThrough, pipeline, type Readable } from 'node:stream';

const ARRIVING = Symbol('vivace.arriving');
type Known = FastifyRequest & { [ARRIVING]?: Readable };

/** The body of a request as it arrives: what a `preParsing` hook of a plugin made of it, else what the client sends. */
export function arrivingBody(request: FastifyRequest): Readable {
  return (request as Known)[ARRIVING] ?? request.raw;
}

/** Parses nothing, because bodies are read when they are asked for; only notes the stream that they come from. */
export const noteBody: FastifyContentTypeParser = (request, payload, parsed) => {
  const stream: Readable = payload;
  // Who listens already sets the body flowing, and what nobody takes would be lost.
  const isTaken = stream.listenerCount('data') > 0;
  if (isTaken || stream !== request.raw)
    (request as Known)[ARRIVING] = isTaken ? kept(stream) : stream;
  parsed(null);
};

function kept(stream: Readable): Readable {
  return pipeline(stream, new PassThrough(), () => {});
}
