/**
 * A list that knows where each item is: class-validator looks for each of them from the start of the list, which takes the square of its
 * length.
 */
export class IndexedList<T> extends Array<T> {
  #places: Map<T, number> | undefined;

  override indexOf(item: T): number {
    if (this.#places === undefined) {
      this.#places = new Map();
      for (const [at, each] of this.entries())
        if (!this.#places.has(each)) this.#places.set(each, at);
    }
    // What is not equal to itself, `NaN`, is in no list.
    return item === item ? (this.#places.get(item) ?? -1) : -1;
  }
}

/** An array that is looked through fast; anything else as it is. */
export const indexed = (value: unknown): unknown =>
  Array.isArray(value) ? IndexedList.from(value as unknown[]) : value;
