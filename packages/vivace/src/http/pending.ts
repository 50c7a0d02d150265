import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { after } from '../errors/async';
import { streamOf, type ChunkStream } from './stream/chunk-stream';
import type { Failure } from './exit-scope';
import { settlesWithin } from './settles-within';
import { logError } from './log-error';

/** Has something to do after its response was sent. */
export interface Afterwork {
  /** @param broken why a stream broke off, if that was the response */
  afterwork(broken: Failure | undefined): unknown;
  /** The task that it is at. */
  readonly task: string | undefined;
}

interface Work {
  readonly reply: FastifyReply;
  readonly work: Afterwork;
}

/** Answers that are being made. */
export interface Answers {
  readonly areAwaited: boolean;
  /** Those that came too late count as well. */
  readonly areLate: boolean;
}

/** Milliseconds between two looks at the answers that are being made: noting their end would cost every request something. */
const LOOK = 10;

const WORK = Symbol('vivace.work');
type Known = ServerResponse & { [WORK]?: Promise<unknown> };

/** What goes on after a response was sent: a test waits for it. */
export function afterworkOf(response: ServerResponse): Promise<unknown> | undefined {
  return (response as Known)[WORK];
}

/** Until a response has been written, or its client has left. */
function over(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.writableFinished || response.destroyed) return resolve();
    response.on('finish', resolve).on('close', resolve);
  });
}

/** What goes on without a connection: answers whose clients have left, streams, work after responses. A server that closes waits for it. */
export class Pending {
  readonly #running = new Map<Promise<unknown>, Work>();
  readonly #streams = new Set<ChunkStream>();
  readonly #answers: Answers[] = [];
  #closing = false;

  watch(answers: Answers): void {
    this.#answers.push(answers);
  }

  /**
   * Waits until no answer is being made any more: what makes one uses what the server closes.
   *
   * @param until which time, as `performance.now()` says it
   * @param late whether answers count that nobody waits for any more
   */
  async answered(until: number, { late = false } = {}): Promise<void> {
    const goOn = (one: Answers): boolean => one.areAwaited || (late && one.areLate);
    while (this.#answers.some(goOn) && performance.now() < until) await delay(LOOK);
    // What is left to do after them is noted by then.
    await turn();
  }

  /** Has work done when a response was sent, or the client has left. */
  afterResponse(reply: FastifyReply, work: Afterwork): void {
    const raw: Known = reply.raw;
    const running: Promise<unknown> = over(raw)
      .then(() => after(streamOf(raw)?.ended, (broken) => work.afterwork(broken)))
      .then(
        () => this.#running.delete(running),
        (error: unknown) => {
          this.#running.delete(running);
          logError(reply.request, error, 'Work after a response failed');
        },
      );
    raw[WORK] = running;
    this.#running.set(running, { reply, work });
  }

  addStream(stream: ChunkStream): void {
    this.#streams.add(stream);
    void stream.ended.then(() => this.#streams.delete(stream));
    if (this.#closing) stream.end();
  }

  /** Ends the streams whose clients come back by themselves, now and from here on; others may go on to their end. */
  endEvents(): void {
    this.#closing = true;
    for (const stream of this.#streams) stream.end();
  }

  /** Waits until nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.keys());
  }

  /** The same for some time only; what is not done by then is logged. */
  async drain(milliseconds: number): Promise<void> {
    const ended = Promise.all([...this.#streams].map((stream) => stream.ended));
    await settlesWithin(milliseconds, Promise.all([ended, this.idle()]));
    for (const { reply, work } of this.#running.values())
      reply.log.error(
        { task: work.task },
        'Work after a response was not done when the server closed',
      );
  }
}
