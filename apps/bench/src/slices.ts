import { ServerResponse } from 'node:http';

/** Milliseconds of a slice at least: it may lie between two disturbances. */
const SLICE = 50;
/** Answers in one at least, so that one more or less does not count. */
const ENOUGH = 200;

/**
 * What an answer of this process costs, slice by slice: microseconds of its CPU time. Where other machines share the
 * caches, whole seconds are dear for one server and cheap for the next; some slices are nobody's but its own.
 */
export class Slices {
  #costs: number[] = [];
  #answers = 0;
  #used = process.cpuUsage();

  constructor() {
    // Every server on Node ends its answers here; an event for each would cost more.
    const { prototype } = ServerResponse;
    const end = prototype.end;
    const count = (): void => void (this.#answers += 1);
    prototype.end = function (this: ServerResponse, ...given: Parameters<typeof end>) {
      count();
      return end.apply(this, given);
    } as typeof end;
    setInterval(() => this.#close(), SLICE).unref();
  }

  /** Those since the last time. */
  take(): readonly number[] {
    const costs = this.#costs;
    this.#costs = [];
    return costs;
  }

  #close(): void {
    if (this.#answers < ENOUGH) return;
    const { user, system } = process.cpuUsage(this.#used);
    this.#costs.push((user + system) / this.#answers);
    this.#answers = 0;
    this.#used = process.cpuUsage();
  }
}
