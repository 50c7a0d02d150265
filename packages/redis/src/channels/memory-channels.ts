import { EventEmitter } from 'node:events';
import type { FastifyBaseLogger } from 'fastify';
import type { Class } from 'vivace/extend';
import { Channels, type Subscription } from './channels';
import { Inbox, messageText } from './inbox';

/** Channels in the memory of the process. */
export class MemoryChannels extends Channels {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  readonly #log: () => FastifyBaseLogger | undefined;

  constructor(log: () => FastifyBaseLogger | undefined) {
    super();
    this.#log = log;
  }

  override async publish<T extends object>(name: string, message: T): Promise<void> {
    this.#emitter.emit(eventOf(name), messageText(message));
  }

  override subscribe<T extends object>(
    name: string,
    type: Class<T>,
    signal?: AbortSignal,
  ): Subscription<T> {
    let hearing: (text: string) => void;
    const source = {
      open: async (hear: (text: string) => void) => {
        hearing = hear;
        this.#emitter.on(eventOf(name), hear);
      },
      close: () => void this.#emitter.off(eventOf(name), hearing),
    };
    return new Inbox(type, source, this.#log, signal);
  }
}

/** Never `error`, which an emitter throws. */
const eventOf = (name: string): string => `channel:${name}`;
