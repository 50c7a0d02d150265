import type { Class } from 'vivace/extend';
import type { OpenRedis } from '../client/open-redis';
import { Channels, type Subscription } from './channels';
import { Inbox, messageText } from './inbox';

/** Channels of Redis, heard on a connection of their own. */
export class RedisChannels extends Channels {
  readonly #redis: Pick<OpenRedis, 'listener' | 'log'>;

  constructor(redis: Pick<OpenRedis, 'listener' | 'log'>) {
    super();
    this.#redis = redis;
  }

  override async publish<T extends object>(name: string, message: T): Promise<void> {
    await this.#redis.listener.publish(channelOf(name), messageText(message));
  }

  override subscribe<T extends object>(
    name: string,
    type: Class<T>,
    signal?: AbortSignal,
  ): Subscription<T> {
    const { listener, log } = this.#redis;
    let hearing: (message: Buffer) => void;
    const source = {
      open: (hear: (text: string) => void) => {
        hearing = (message) => hear(message.toString());
        return listener.hear(channelOf(name), hearing);
      },
      close: () => listener.leave(channelOf(name), hearing),
    };
    return new Inbox(type, source, log, signal);
  }
}

const channelOf = (name: string): string => `channel:${name}`;
