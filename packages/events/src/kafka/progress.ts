/** How far a group is with one partition: what may be committed, whatever order things end in. */
export class Progress {
  readonly #open = new Set<bigint>();
  readonly #done = new Set<bigint>();
  /** Everything below it is done. */
  #low: bigint;
  /** Nothing below it has come. */
  #first: bigint;
  /** Behind everything that has come. */
  #high: bigint;

  /** @param first the first offset that came */
  constructor(first: bigint) {
    this.#first = first;
    this.#low = first;
    this.#high = first;
  }

  /** The offset that may be committed: the lowest that is not done. */
  get committable(): bigint {
    return this.#low;
  }

  /** False for what has come before: after a rebalance a partition is read again from what was committed. */
  begin(offset: bigint): boolean {
    if (offset < this.#first) {
      this.#first = offset;
      this.#low = offset;
    } else if (offset < this.#low || this.#open.has(offset) || this.#done.has(offset)) return false;
    this.#open.add(offset);
    if (offset >= this.#high) this.#high = offset + 1n;
    return true;
  }

  /** Offsets have gaps, where a transaction ended or a compacted topic lost some. */
  end(offset: bigint): void {
    this.#open.delete(offset);
    this.#done.add(offset);
    let lowest = this.#high;
    for (const open of this.#open) if (open < lowest) lowest = open;
    this.#low = lowest;
    for (const done of this.#done) if (done < lowest) this.#done.delete(done);
  }
}
