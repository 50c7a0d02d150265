/** Of those that are done, how many are kept in memory at most. */
const KEPT = 1000;

/** How far a group is with one partition: what may be committed, whatever order things end in. */
export class Progress {
  /** What came, in its order. */
  readonly #come: bigint[] = [];
  /** Those of them before it are done. */
  #open = 0;
  /** Others that are done. */
  readonly #done = new Set<bigint>();
  #next: bigint;

  /** @param first the first offset that comes */
  constructor(readonly first: bigint) {
    this.#next = first;
  }

  /** The offset that may be committed: the lowest that is not done. */
  get committable(): bigint {
    return this.#come[this.#open] ?? this.#next;
  }

  /** How many have come and are not done. */
  get waiting(): number {
    return this.#come.length - this.#open - this.#done.size;
  }

  /**
   * False for what has come before: after a rebalance a partition is read again from what was committed.
   * Offsets have gaps, where a transaction ended or a compacted topic lost some.
   */
  begin(offset: bigint): boolean {
    if (offset < this.#next) return false;
    this.#come.push(offset);
    this.#next = offset + 1n;
    return true;
  }

  end(offset: bigint): void {
    this.#done.add(offset);
    while (this.#open < this.#come.length && this.#done.delete(this.#come[this.#open]!))
      this.#open += 1;
    if (this.#open <= KEPT) return;
    this.#come.splice(0, this.#open);
    this.#open = 0;
  }
}
