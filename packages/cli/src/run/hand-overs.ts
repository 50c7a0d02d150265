import type { ChildProcess } from 'node:child_process';

/** What the cluster of Node says of a connection: that a worker may take it, and whether it did. */
interface HandOver {
  readonly act?: string;
  readonly seq?: number;
  readonly ack?: number;
}

/**
 * The connections that a worker is given by the process that listens.
 *
 * Those that it has not taken when it dies are passed on to others: Node waits for its answer for ever, and their clients
 * would hear nothing.
 */
export class HandOvers {
  readonly #waiting = new Set<number>();
  #given = 0;

  constructor(worker: ChildProcess) {
    const waiting = this.#waiting;
    const send = worker.send.bind(worker) as (message: unknown, ...more: unknown[]) => boolean;
    worker.send = (message: unknown, ...more: unknown[]) => {
      const { act, seq } = message as HandOver;
      if (act === 'newconn' && seq !== undefined) {
        this.#given += 1;
        waiting.add(seq);
      }
      return send(message, ...more);
    };
    worker.on('internalMessage', ({ ack }: HandOver) => {
      if (ack !== undefined) waiting.delete(ack);
    });
    const refuse = (): void => {
      for (const ack of waiting)
        worker.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false });
    };
    // Node has forgotten the worker by then, and offers it no other.
    worker.once('exit', () => (worker.connected ? worker.once('disconnect', refuse) : refuse()));
  }

  /** How many it was given so far. */
  get given(): number {
    return this.#given;
  }

  /** Whether it has taken all of them. */
  get areTaken(): boolean {
    return this.#waiting.size === 0;
  }
}
