import type { FastifyReply } from 'fastify';
import { finished } from 'node:stream';
import { streamOf, type PieceStream } from './piece-stream';
import type { Failure } from './scope';

/** Streams that are being sent, and work that goes on after responses were sent; a server waits for them when it closes. */
export class Pending {
  private readonly running = new Set<Promise<void>>();
  private readonly streams = new Set<PieceStream>();

  /** Does something when a response has been sent, or the client has left; it is told why a stream broke off. */
  afterResponse(reply: FastifyReply, work: (streaming: Failure | undefined) => Promise<void>): void {
    const sent = new Promise<void>((resolve) => {
      finished(reply.raw, () => resolve());
    });
    const running = sent
      .then(() => streamOf(reply.raw)?.ended)
      .then(work)
      .catch((error: unknown) => reply.log.error({ err: error }, 'Work after a response failed'));
    this.running.add(running);
    void running.finally(() => this.running.delete(running));
  }

  addStream(stream: PieceStream): void {
    this.streams.add(stream);
    void stream.ended.then(() => this.streams.delete(stream));
  }

  /** Ends the streams whose clients come back by themselves; others may go on to their end. */
  endEvents(): void {
    for (const stream of this.streams) if (stream.endsAnytime) stream.end();
  }

  /** Ends all streams. */
  endStreams(): void {
    for (const stream of this.streams) stream.end();
  }

  /** Waits until nothing is left to do. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
