import type { MessagesStream } from '@platformatic/kafka';
import type { TextMessage } from './message';

export type TextStream = Pick<
  MessagesStream<string, string, string, string>,
  'on' | 'pause' | 'close'
>;

/**
 * What a member of a group reads. Each time that the group is balanced there is another stream, which
 * begins at what was committed: one goes on with what it has asked for before, so that a partition that
 * left and came back would be read from a place that nobody has come to.
 */
export class Reading {
  /** Settles when it has ended by itself, with the error. */
  readonly ended: Promise<unknown>;
  readonly #open: () => Promise<TextStream>;
  readonly #received: (message: TextMessage) => void;
  readonly #end: (error: unknown) => void;
  #stream: TextStream;
  /** How often the group has been balanced, and how often when the stream began. */
  #balances = 0;
  #begun = 0;
  #paused = false;
  #stopping = false;
  #renewing: Promise<void> | undefined;

  /** @param open gives a stream that begins at what was committed */
  constructor(
    stream: TextStream,
    open: () => Promise<TextStream>,
    received: (message: TextMessage) => void,
  ) {
    this.#open = open;
    this.#received = received;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.ended = promise;
    this.#end = resolve;
    this.#stream = stream;
    this.#listen(stream);
  }

  /** The group has been balanced: nothing more comes of what was asked for before. */
  renew(): void {
    this.#balances += 1;
    this.#renewing ??= this.#renew()
      .catch(this.#end)
      .finally(() => (this.#renewing = undefined));
  }

  /** It takes nothing more. */
  pause(): void {
    this.#paused = true;
    this.#stream.pause();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#renewing;
    await this.#stream.close();
  }

  async #renew(): Promise<void> {
    while (this.#begun !== this.#balances && !this.#stopping) {
      const balances = this.#balances;
      const before = this.#stream;
      const stream = await this.#open();
      this.#begun = balances;
      this.#stream = stream;
      this.#listen(stream);
      // Not earlier: the client leaves its topics with their last stream, and joins with the next. Nobody
      // waits for it either: it may wait for a broker that is away.
      before.close().catch(() => undefined);
    }
  }

  #listen(stream: TextStream): void {
    const isLast = (): boolean => stream === this.#stream && !this.#stopping;
    stream.on('error', (error) => {
      if (isLast()) this.#end(error);
    });
    stream.on('close', () => {
      if (isLast()) this.#end(new Error('The stream of messages has ended.'));
    });
    stream.on('data', (message) => {
      if (isLast() && this.#begun === this.#balances) this.#received(message);
    });
    if (this.#paused) stream.pause();
  }
}
