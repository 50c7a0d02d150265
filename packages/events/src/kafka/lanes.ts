import { pauseAfter } from '../broker/broker';

/** Something to work on, in the line of its key. */
export interface Item {
  readonly lane: string;
}

interface Lane<I extends Item> {
  items: I[];
  /** Of the first of them, begun already. */
  attempts: number;
  busy: boolean;
  /** Until its next try. */
  pause: NodeJS.Timeout | undefined;
}

/**
 * Works on items of one key one after the other, and on those of different keys at the same time. One
 * that fails is tried again after 1, 2, 4 … seconds, while others go on.
 */
export class Lanes<I extends Item> {
  readonly #concurrency: number;
  readonly #work: (item: I, attempt: number) => Promise<void>;
  readonly #done: (item: I) => void;
  readonly #lanes = new Map<string, Lane<I>>();
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  /** @param done called for each item that needs no more work */
  constructor(
    concurrency: number,
    work: (item: I, attempt: number) => Promise<void>,
    done: (item: I) => void,
  ) {
    this.#concurrency = concurrency;
    this.#work = work;
    this.#done = done;
  }

  add(item: I): void {
    const lane = this.#lanes.get(item.lane) ?? newLane();
    this.#lanes.set(item.lane, lane);
    lane.items.push(item);
    this.#fill();
  }

  /** Forgets items that are for somebody else now, unless they are worked on. */
  drop(isGone: (item: I) => boolean): void {
    for (const [name, lane] of this.#lanes) {
      const [first] = lane.items;
      const isRunning = lane.busy && lane.pause === undefined;
      lane.items = lane.items.filter((item) => (item === first && isRunning) || !isGone(item));
      if (lane.items[0] !== first) resetLane(lane);
      if (lane.items.length === 0) this.#lanes.delete(name);
    }
    this.#fill();
  }

  /** Begins nothing more; settles when what was begun has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { pause } of this.#lanes.values()) clearTimeout(pause);
    await Promise.all(this.#running);
  }

  #fill(): void {
    for (const [name, lane] of this.#lanes) {
      if (this.#stopped || this.#running.size >= this.#concurrency) return;
      if (!lane.busy) this.#begin(name, lane);
    }
  }

  #begin(name: string, lane: Lane<I>): void {
    const [item] = lane.items;
    if (item === undefined) return;
    lane.busy = true;
    lane.attempts += 1;
    const run = this.#work(item, lane.attempts).then(
      () => this.#ended(name, lane, item),
      () => this.#failed(lane),
    );
    this.#running.add(run);
    void run.then(() => {
      this.#running.delete(run);
      this.#fill();
    });
  }

  #ended(name: string, lane: Lane<I>, item: I): void {
    lane.items.shift();
    resetLane(lane);
    // Behind the others, so that one key does not take all turns.
    this.#lanes.delete(name);
    if (lane.items.length > 0) this.#lanes.set(name, lane);
    this.#done(item);
  }

  /** The lane stays busy, and its place is free. */
  #failed(lane: Lane<I>): void {
    if (this.#stopped) return;
    lane.pause = setTimeout(() => {
      lane.pause = undefined;
      lane.busy = false;
      this.#fill();
    }, pauseAfter(lane.attempts));
  }
}

function newLane<I extends Item>(): Lane<I> {
  return { items: [], attempts: 0, busy: false, pause: undefined };
}

/** For another item. */
function resetLane(lane: Lane<Item>): void {
  clearTimeout(lane.pause);
  Object.assign(lane, { attempts: 0, busy: false, pause: undefined });
}
