import type { RedisOptions } from 'ioredis';
import type { Settings } from '../settings';

/** Milliseconds without a word after which a connection is thrown away: behind it may be nobody. */
const SILENCE = 5000;

/** Milliseconds until the next try to connect: 50 after the first, 2000 at most. */
export const pauseAfter = (tries: number): number => Math.min(50 * 2 ** (tries - 1), 2000);

/** What all connections have in common whose commands never wait without an end. */
export function guardedOptions({ connect }: Settings): RedisOptions {
  return {
    connectTimeout: connect,
    socketTimeout: SILENCE,
    // Whoever closes does not wait for a server that is away.
    disconnectTimeout: 200,
    // What was sent may have been done: nothing is sent twice.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
  };
}
