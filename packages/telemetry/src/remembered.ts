/** Answers that are kept at most: a program that asks with what clients send does not fill the memory. */
const MOST = 1000;

/** What is made of a text, once for each of the first thousand. */
export class Remembered<T> {
  readonly #known = new Map<string, T>();
  readonly #make: (text: string) => T;

  constructor(make: (text: string) => T) {
    this.#make = make;
  }

  of(text: string): T {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const made = this.#make(text);
    if (this.#known.size < MOST) this.#known.set(text, made);
    return made;
  }
}
