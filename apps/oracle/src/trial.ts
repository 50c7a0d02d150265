import type { Difference } from './compare';

/** Something that Vivace and another do not do alike. */
export interface Disagreement<Subject = unknown> {
  readonly subject: Subject;
  readonly differences: readonly Difference[];
  readonly ours: unknown;
  readonly theirs: unknown;
}

export interface Outcome<Subject> {
  /** How many answers, documents or verdicts were compared. */
  readonly compared: number;
  readonly disagreements: readonly Disagreement<Subject>[];
  /** How often each deliberate difference was met. */
  readonly deliberate: ReadonlyMap<string, number>;
}

/** A comparison with another, over subjects such as programs. */
export interface Trial<Subject> {
  tryAll(subjects: readonly Subject[]): Promise<Outcome<Subject>>;
  /** What is a step smaller than a subject with a disagreement: lists that are tried one after the other. */
  smaller(subject: Subject): Iterable<readonly Subject[]>;
  /** The subject as it is read. */
  text(subject: Subject): string;
}

const MOST_STEPS = 20;
/** So many candidates are compiled at once, and so many at most. */
const CHUNK = 12;
const MOST_CANDIDATES = 48;

/** The same disagreement, or one like it, with the smallest subject that is found in a few steps. */
export async function minimise<S>(
  found: Disagreement<S>,
  trial: Trial<S>,
): Promise<Disagreement<S>> {
  let smallest = found;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = await nextStep(smallest, trial);
    if (next === undefined) break;
    smallest = next;
  }
  return smallest;
}

const isOfBoot = ({ differences }: Disagreement): boolean => differences[0]?.path === 'boot';

async function nextStep<S>(
  found: Disagreement<S>,
  trial: Trial<S>,
): Promise<Disagreement<S> | undefined> {
  for (const candidates of trial.smaller(found.subject))
    for (let from = 0; from < Math.min(candidates.length, MOST_CANDIDATES); from += CHUNK) {
      const { disagreements } = await trial.tryAll(candidates.slice(from, from + CHUNK));
      // A program that does not start any more has another mistake.
      const same = disagreements.find((each) => isOfBoot(each) === isOfBoot(found));
      if (same !== undefined) return same;
    }
  return undefined;
}
