import * as fc from 'fast-check';

/** Draws at random, the same for the same seed. */
export class Draw {
  constructor(private readonly draw: fc.GeneratorValue) {}

  /** One of these. */
  pick<T>(...choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  /** True in so many of a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  below(limit: number): number {
    return this.draw(numbersBelow, limit);
  }

  /** So many, each drawn anew. */
  many<T>(least: number, most: number, make: (at: number) => T): T[] {
    return Array.from({ length: this.between(least, most) }, (_, at) => make(at));
  }

  /** Some of these, in another order. */
  some<T>(least: number, choices: readonly T[]): T[] {
    const all = [...choices];
    for (let at = all.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [all[at], all[other]] = [all[other]!, all[at]!];
    }
    return all.slice(0, this.between(Math.min(least, all.length), all.length));
  }
}

/** Without fast-check's liking for small numbers, which is for tests that try many. */
function numbersBelow(limit: number): fc.Arbitrary<number> {
  return fc.noBias(fc.nat(limit - 1));
}

/** What a seed makes. */
export function drawn<T>(seed: number, make: (draw: Draw) => T): T {
  const [made] = fc.sample(
    fc.gen().map((value) => make(new Draw(value))),
    { numRuns: 1, seed },
  );
  return made!;
}
