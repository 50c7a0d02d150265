import { compareAnswers, compareValues, type Difference, type KeptText } from './compare';
import { nameOf } from './deliberate';
import type { Behaviour, Operation, Program, Request } from './description';
import type { FastApi } from './fastapi';
import { runVivace } from './vivace';

/** Something that Vivace and FastAPI do not do alike, in the program around it. */
export interface Disagreement {
  /** The program, with the one operation and request that show it; without requests, its document does. */
  readonly program: Program;
  readonly differences: readonly Difference[];
  readonly ours: unknown;
  readonly theirs: unknown;
}

export interface Outcome {
  /** How many answers and documents were compared. */
  readonly compared: number;
  readonly disagreements: readonly Disagreement[];
  /** How often each deliberate difference was met. */
  readonly deliberate: ReadonlyMap<string, number>;
}

/** What of a program is compared. */
export type Subject = 'answers' | 'document';

/** Runs programs in both, and compares what they do. */
export async function tryAll(
  programs: readonly Program[],
  subject: Subject,
  fastapi: FastApi,
): Promise<Outcome> {
  const running = Promise.all(programs.map((program) => fastapi.run(program)));
  const [theirs, ours] = await Promise.all([running, runVivace(programs)]);
  const disagreements: Disagreement[] = [];
  const deliberate = new Map<string, number>();
  let compared = 0;
  for (const [index, program] of programs.entries())
    for (const pair of pairsOf(program, ours[index]!, theirs[index]!, subject)) {
      compared += 1;
      const differences = await undecided(pair, fastapi, deliberate);
      if (differences.length > 0) disagreements.push({ ...pair, differences });
    }
  return { compared, disagreements, deliberate };
}

interface Pair extends Omit<Disagreement, 'differences'> {
  compare(kept: KeptText[]): readonly Difference[];
}

/** A program that FastAPI refuses says nothing; one that only Vivace refuses is a disagreement. */
function pairsOf(
  program: Program,
  ours: Behaviour,
  theirs: Behaviour,
  subject: Subject,
): readonly Pair[] {
  if ('boot' in theirs) {
    if (process.env.ORACLE_DEBUG) console.log(theirs.boot.slice(-400));
    return [];
  }
  if ('boot' in ours) {
    const difference = { path: 'boot', ours: ours.boot, theirs: undefined };
    return [{ program, ours: ours.boot, theirs: 'starts', compare: () => [difference] }];
  }
  if (subject === 'document')
    return [
      {
        program,
        ours: ours.document,
        theirs: theirs.document,
        compare: (kept) => compareValues(ours.document, theirs.document, '', kept),
      },
    ];
  return program.operations.flatMap((operation, group) =>
    operation.requests.map((request, at) => {
      const [left, right] = [ours.answers[group]![at]!, theirs.answers[group]![at]!];
      return {
        program: only(program, operation, request),
        ours: left,
        theirs: right,
        compare: (kept) => compareAnswers(left, right, kept),
      };
    }),
  );
}

function only(program: Program, operation: Operation, request: Request): Program {
  return { ...program, operations: [{ ...operation, requests: [request] }] };
}

/** The differences that no table names. */
async function undecided(
  pair: Pair,
  fastapi: FastApi,
  deliberate: Map<string, number>,
): Promise<readonly Difference[]> {
  const kept: KeptText[] = [];
  const differences = [...pair.compare(kept)];
  if (kept.length > 0) {
    const asked = kept.map(({ kind, ours }) => [kind, String(ours)] as const);
    const understood = await fastapi.canonical(asked);
    differences.push(...kept.filter(({ theirs }, at) => understood[at] !== theirs));
  }
  return differences.filter((difference) => {
    const name = nameOf(difference);
    if (name !== undefined) deliberate.set(name, (deliberate.get(name) ?? 0) + 1);
    return name === undefined;
  });
}
