import { ComparedPrograms } from './compared-programs';
import { ComparedVerdicts } from './compared-verdicts';
import type { FastApi } from './fastapi';
import { drawn, type Draw } from './generate/draw';
import { SECTIONS } from './generate/sections';
import { validators } from './generate/validators';
import { kindOf, shown } from './report';
import { keep } from './rows';
import { minimise, type Trial } from './trial';

/** Programs of one compilation: the checker starts once for them. */
const BATCH = 100;
/** Kinds of disagreement that are made small and shown. */
const MOST_SHOWN = 10;

export const SECTION_NAMES: readonly string[] = [...Object.keys(SECTIONS), 'validators'];

interface Options {
  readonly seed: number;
  /** Adds what is found to the rows. */
  readonly keeps: boolean;
  say(line: string): void;
}

/** The search for disagreements in some sections. */
export class Search {
  readonly #counts = new Map<string, { cases: number; compared: number; found: number }>();
  readonly #deliberate = new Map<string, number>();
  readonly #kinds = new Set<string>();

  constructor(
    private readonly sections: readonly string[],
    private readonly fastapi: FastApi,
    private readonly options: Options,
  ) {
    for (const name of sections) this.#counts.set(name, { cases: 0, compared: 0, found: 0 });
  }

  /** Goes on until there were so many programs of each section, or until the time of `performance.now()`. */
  async run(cases: number, until: number): Promise<void> {
    for (let from = 0; from < cases; from += BATCH)
      for (const section of this.sections) {
        if (performance.now() >= until) return;
        await this.#section(section, this.options.seed + from, Math.min(BATCH, cases - from));
      }
  }

  #section(name: string, seed: number, size: number): Promise<void> {
    const section = SECTIONS[name];
    if (section === undefined)
      return this.#batch(name, new ComparedVerdicts(), validators, seed, size);
    const trial = new ComparedPrograms(section.subject, this.fastapi);
    return this.#batch(name, trial, section.make, seed, size, (program, theirs) =>
      keep(name, program, theirs),
    );
  }

  async #batch<S>(
    section: string,
    trial: Trial<S>,
    make: (draw: Draw) => S,
    seed: number,
    size: number,
    keepRow?: (subject: S, theirs: unknown) => void,
  ): Promise<void> {
    const subjects = Array.from({ length: size }, (_, at) => drawn(seed + at, make));
    const { compared, disagreements, deliberate } = await trial.tryAll(subjects);
    const counts = this.#counts.get(section)!;
    counts.cases += size;
    counts.compared += compared;
    counts.found += disagreements.length;
    for (const [name, count] of deliberate)
      this.#deliberate.set(name, (this.#deliberate.get(name) ?? 0) + count);
    for (const found of disagreements) {
      const kind = `${section} ${kindOf(found)}`;
      if (this.#kinds.has(kind)) continue;
      this.#kinds.add(kind);
      if (this.#kinds.size > MOST_SHOWN) continue;
      const smallest = await minimise(found, trial);
      this.options.say(`\n--- ${section}\n${shown(smallest, trial)}`);
      if (this.options.keeps) keepRow?.(smallest.subject, smallest.theirs);
    }
  }

  /** Says what was compared and found; gives whether they agree. */
  report(): boolean {
    const { say } = this.options;
    say('');
    for (const [name, { cases, compared, found }] of this.#counts)
      say(`${name.padEnd(12)} ${cases} cases, ${compared} compared, ${found} disagreements`);
    for (const [name, count] of this.#deliberate) say(`deliberate   ${name}: ${count}`);
    if (this.#kinds.size > MOST_SHOWN)
      say(`${this.#kinds.size} kinds of disagreement, of which ${MOST_SHOWN} were shown`);
    return [...this.#counts.values()].every(({ found }) => found === 0);
  }
}
