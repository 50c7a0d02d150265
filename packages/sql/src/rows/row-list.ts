/** The rows at the other end of a relation, with the names that a collection of MikroORM has for reading. */
export class RowList<T extends object> extends Array<T> {
  // What `map` and its like give is a plain list.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  getItems(): T[] {
    return [...this];
  }
  toArray(): T[] {
    return [...this];
  }
  count(): number {
    return this.length;
  }
  isInitialized(): boolean {
    return true;
  }
}
