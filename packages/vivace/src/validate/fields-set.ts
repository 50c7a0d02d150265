/** Gives back what it is told to construct, so that a subclass can put private fields on any object. */
class Given {
  constructor(instance: object) {
    // oxlint-disable-next-line no-constructor-return -- the point of it
    return instance;
  }
}

/** A mark in private fields is invisible, cannot be forged and needs no lookup table. */
class Mark extends Given {
  #names: readonly string[];
  #bits: number;

  private constructor(instance: object, names: readonly string[], bits: number) {
    super(instance);
    this.#names = names;
    this.#bits = bits;
  }

  static put(instance: object, names: readonly string[], bits: number): object {
    if (!(#names in instance)) return new Mark(instance, names, bits);
    instance.#names = names;
    instance.#bits = bits;
    return instance;
  }

  static read(instance: object): readonly string[] | undefined {
    if (!(#names in instance)) return undefined;
    const bits = instance.#bits;
    return bits === ALL
      ? instance.#names
      : instance.#names.filter((_, index) => (bits & (1 << index)) !== 0);
  }
}

const ALL = -1;

/** Records which fields of an instance were sent. */
export function markSent(instance: object, names: readonly string[]): void {
  Mark.put(instance, names, ALL);
}

/** The same with one bit for each of at most 31 names, lowest first, so that a validator needs no list for each instance. */
export function markSentBits(instance: object, names: readonly string[], bits: number): void {
  Mark.put(instance, names, bits);
}

/** The fields that were sent; undefined for an object that was not made from input. */
export function sentFields(instance: object): readonly string[] | undefined {
  return Mark.read(instance);
}
