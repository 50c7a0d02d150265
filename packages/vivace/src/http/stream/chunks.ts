import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply } from 'fastify';
import { responseClassFacts } from '../../responses/response-class';
import type { ChunkSequence } from '../../responses/chunks';
import { CONTENT, type Response } from '../../responses/response';
import { eventText, ServerSentEvent } from '../../responses/server-sent-event';
import type { Pending } from '../pending';
import { ChunkStream, type Chunk } from './chunk-stream';

/** Runs something in the context that a request has. */
export type RunInContext = <R>(run: () => R) => R;

/** Where a response is sent, and who has to know how that goes. */
export interface Sending {
  readonly reply: FastifyReply;
  readonly pending: Pending;
  /** Headers that the handler set beside its answer. */
  readonly beside?: Headers | undefined;
  /** Where a stream goes on; where it begins to be sent, by default. */
  readonly runInContext?: RunInContext | undefined;
  /** The answer to an error that breaks the response off. */
  failed(error: unknown): Response | Promise<Response>;
}

/** Whether a response is sent chunk by chunk. */
export function isStreaming(answer: unknown): boolean {
  return kindOf(answer) !== undefined;
}

/** What a response sends chunk by chunk, if it does. */
export function chunksOf(answer: unknown): ChunkSequence<Chunk> | undefined {
  return isStreaming(answer)
    ? ((answer as Response)[CONTENT]() as ChunkSequence<Chunk>)
    : undefined;
}

/** The same answer, when the first of its chunks is there. */
export function begun<T>(answer: T): T | Promise<T> {
  return (
    chunksOf(answer)
      ?.begin()
      .then(() => answer) ?? answer
  );
}

/** The chunks of a response as a stream that takes them at the pace of the client. */
export function chunkStream(
  response: Response,
  chunks: ChunkSequence<Chunk>,
  { reply, pending, failed, runInContext = AsyncLocalStorage.snapshot() }: Sending,
): ChunkStream {
  const events = kindOf(response) === 'events';
  const stream = new ChunkStream(inContext(chunks[Symbol.asyncIterator](), runInContext), {
    response: reply.raw,
    length: lengthOf(reply),
    farewell: events ? farewell() : undefined,
    broken: async (error) => {
      const content = (await failed(error))[CONTENT]();
      return events && typeof content === 'string'
        ? eventText(new ServerSentEvent({ event: 'error', raw: content }), String)
        : undefined;
    },
    late: (error) => {
      if (!isOfTheCut(error)) reply.log.warn({ err: error }, 'A stream failed after it was cut');
    },
  });
  pending.addStream(stream);
  return stream;
}

/** What is said by whatever was made to stop: streams of Node have words of their own for it. */
function isOfTheCut(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return name === 'AbortError' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** What the head promises. */
function lengthOf(reply: FastifyReply): number | undefined {
  const length = reply.getHeader('content-length');
  return length === undefined ? undefined : Number(length);
}

/** Node asks for the next chunk wherever there is room for it. */
function inContext<T>(
  iterator: AsyncIterator<T, unknown, undefined>,
  run: RunInContext,
): AsyncIterator<T, unknown, undefined> {
  return {
    next: () => run(() => iterator.next()),
    return: async () => (await run(() => iterator.return?.())) ?? { done: true, value: undefined },
  };
}

function kindOf(answer: unknown): 'chunks' | 'events' | undefined {
  return typeof answer === 'object' && answer !== null
    ? responseClassFacts(answer.constructor)?.stream
    : undefined;
}

/** What a closing server says to readers of events; they come back spread over some seconds. */
function farewell(): string {
  return `: the server is closing\nretry: ${1000 + Math.floor(Math.random() * 2000)}\n\n`;
}
