import type { FastifyReply } from 'fastify';
import { finished } from 'node:stream';
import type { Failure } from './scope';

/** Work that goes on after responses were sent; a server waits for it when it closes. */
export class Pending {
  private readonly running = new Set<Promise<void>>();

  /** Does something when a response has been sent, or the client has left; it is told why a stream broke off. */
  afterResponse(reply: FastifyReply, work: (streaming: Failure | undefined) => Promise<void>): void {
    const sent = new Promise<Failure | undefined>((resolve) => {
      finished(reply.raw, (error) => resolve(error && !reply.raw.writableFinished ? { error } : undefined));
    });
    const running = sent.then(work).catch((error: unknown) => reply.log.error({ err: error }, 'Work after a response failed'));
    this.running.add(running);
    void running.finally(() => this.running.delete(running));
  }

  /** Waits until nothing is left to do. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
