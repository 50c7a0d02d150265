import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { streamOf, type ChunkStream } from './stream/chunk-stream';
import type { Failure } from './exit-scope';
import { settlesWithin } from './settles-within';
import { logError } from './log-error';

/** Has something to do after its response was sent. */
export interface Afterwork {
  /** @param broken why a stream broke off, if that was the response */
  afterwork(broken: Failure | undefined): Promise<void>;
  /** The task that it is at. */
  readonly task: string | undefined;
}

/** Answers that are being made. */
export interface Answers {
  readonly areAwaited: boolean;
  /** Those that came too late count as well. */
  readonly areLate: boolean;
}

/** Milliseconds between two looks at the answers that are being made: noting their end would cost every request something. */
const LOOK = 10;

const works = new WeakMap<ServerResponse, Promise<void>>();

/** What goes on after a response was sent: a test waits for it. */
export function afterworkOf(response: ServerResponse): Promise<void> | undefined {
  return works.get(response);
}

/** What goes on without a connection: answers whose clients have left, streams, work after responses. A server that closes waits for it. */
export class Pending {
  readonly #running = new Map<Promise<void>, () => void>();
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
  afterResponse({ raw, log, request }: FastifyReply, work: Afterwork): void {
    const sent = new Promise<void>((resolve) => {
      finished(raw, () => resolve());
    });
    const running = sent
      .then(() => streamOf(raw)?.ended)
      .then((broken) => work.afterwork(broken))
      .catch((error: unknown) => logError(request, error, 'Work after a response failed'));
    works.set(raw, running);
    this.#running.set(running, () =>
      log.error({ task: work.task }, 'Work after a response was not done when the server closed'),
    );
    void running.finally(() => this.#running.delete(running));
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
    for (const name of this.#running.values()) name();
  }
}
