import type { Command } from 'ioredis';
import { isBlocking } from './blocking';
import { Circuit } from './circuit';
import { Patience } from './patience';
import { isDown, RedisDown } from './redis-down';

/** What a guard has to know of a client. */
interface Guarded {
  /** Milliseconds that a command has. */
  readonly patience: number;
  /** The commands that have no answer yet, the oldest first. */
  readonly waiting: () => readonly Command[];
  /** Told of each command that is over. */
  readonly settled: (command: Command) => void;
}

/**
 * Sees to it that no command waits without an end: each fails after its time where nobody answers, and
 * at once for a second after five such failures in a row.
 */
export class Guard {
  readonly #circuit = new Circuit();
  readonly #patience: Patience;
  readonly #settled: Guarded['settled'];

  constructor({ patience, waiting, settled }: Guarded) {
    this.#patience = new Patience(patience, waiting);
    this.#settled = settled;
  }

  /** The server is there again. */
  ready(): void {
    this.#circuit.succeeded();
  }

  /** Whether a command may be sent; one that may not has failed. */
  lets(command: Command): boolean {
    const refusal = this.#refusalOf(command);
    this.watch(command, refusal === undefined);
    if (refusal === undefined) return true;
    command.reject(refusal);
    return false;
  }

  /**
   * What a command fails with says whether the server is away.
   *
   * @param counts whether it is sent, and tells of the server
   */
  watch(command: Command, counts: boolean): void {
    const { resolve, reject } = command;
    if (counts) this.#patience.begin(command);
    command.resolve = (result: unknown) => {
      if (counts) this.#circuit.succeeded();
      this.#settled(command);
      resolve(result);
    };
    command.reject = (error: Error) => {
      const down = isDown(error);
      if (counts && down) this.#circuit.failed();
      this.#settled(command);
      reject(down && !(error instanceof RedisDown) ? new RedisDown(error) : error);
    };
  }

  #refusalOf({ name, args }: Command): Error | undefined {
    if (isBlocking(name, args))
      return new TypeError(
        `${name} waits on the server and would hold up all others: use a connection of its own, redis.duplicate().`,
      );
    if (this.#circuit.lets()) return undefined;
    return new RedisDown(new Error('it failed five times in a row, and is asked once a second'));
  }
}
