import {
  compareAnswers,
  compareKept,
  compareValues,
  textsOf,
  type Difference,
  type KeptText,
} from './compare';
import { isConsequence } from './consequences';
import { nameOf } from './deliberate';
import type { Behaviour, Operation, Program, Request } from './description';
import type { Reference } from './recording';
import { pruned, smaller, smallerRequests } from './reduce';
import { pythonOf } from './render/python';
import { typescriptOf } from './render/typescript';
import type { Disagreement, Outcome, Trial } from './trial';
import { runVivace } from './vivace';

/** Programs in Vivace and in FastAPI: their answers, or their documents. */
export class ComparedPrograms implements Trial<Program> {
  constructor(
    private readonly what: 'answers' | 'document',
    private readonly reference: Reference,
  ) {}

  async tryAll(programs: readonly Program[]): Promise<Outcome<Program>> {
    const running = Promise.all(programs.map((program) => this.reference.run(program)));
    const [theirs, ours] = await Promise.all([running, runVivace(programs)]);
    const disagreements: Disagreement<Program>[] = [];
    const deliberate = new Map<string, number>();
    let compared = 0;
    for (const [index, program] of programs.entries())
      for (const pair of this.#pairs(program, ours[index]!, theirs[index]!)) {
        compared += 1;
        const { subject, ours: left, theirs: right } = pair;
        const differences = await this.#undecided(pair, deliberate);
        if (differences.length > 0)
          disagreements.push({ subject, differences, ours: left, theirs: right });
      }
    return { compared, disagreements, deliberate };
  }

  /** Smaller requests first: they all go to one program. */
  *smaller(program: Program): Iterable<readonly Program[]> {
    const [operation] = program.operations;
    const [request] = operation?.requests ?? [];
    if (operation !== undefined && request !== undefined) {
      const requests = [...smallerRequests(request)];
      yield [{ ...program, operations: [{ ...operation, requests }] }];
    }
    yield [...smaller(program)];
  }

  text(program: Program): string {
    const requests = program.operations.flatMap(({ method, requests }) =>
      requests.map((request) => `${method} ${JSON.stringify(request)}`),
    );
    const programs = [typescriptOf(program), pythonOf(program)].map(withoutImports);
    return [...programs, ...requests].join('\n\n');
  }

  /** A program that FastAPI refuses says nothing; one that only Vivace refuses is a disagreement. */
  #pairs(program: Program, ours: Behaviour, theirs: Behaviour): readonly Pair[] {
    if ('boot' in theirs) return [];
    if ('boot' in ours) {
      const difference = { path: 'boot', ours: ours.boot, theirs: undefined };
      return [{ subject: program, ours: ours.boot, theirs: 'starts', compare: () => [difference] }];
    }
    if (this.what === 'document') {
      const [left, right] = [ours.document, theirs.document];
      const compare = (kept: KeptText[]) => compareValues(left, right, '', kept);
      return [{ subject: program, ours: left, theirs: right, compare }];
    }
    return program.operations.flatMap((operation, group) =>
      operation.requests.map((request, at) => {
        const [left, right] = [ours.answers[group]![at]!, theirs.answers[group]![at]!];
        return {
          subject: only(program, operation, request),
          ours: left,
          theirs: right,
          compare: (kept: KeptText[]) => compareAnswers(left, right, kept),
        };
      }),
    );
  }

  /** The differences that no table names. */
  async #undecided(pair: Pair, deliberate: Map<string, number>): Promise<readonly Difference[]> {
    const kept: KeptText[] = [];
    const differences = [...pair.compare(kept)];
    if (kept.length > 0) {
      const texts = kept.map(textsOf);
      const asked = kept.flatMap(({ kind }, at) => texts[at]!.map((text) => [kind, text] as const));
      const understood = [...(await this.reference.canonical(asked))];
      for (const [at, each] of kept.entries())
        differences.push(...compareKept(each, understood.splice(0, texts[at]!.length)));
    }
    const named = Map.groupBy(differences, (difference) => nameOf(difference, pair.subject));
    const unnamed = named.get(undefined) ?? [];
    named.delete(undefined);
    for (const [name, all] of named)
      deliberate.set(name!, (deliberate.get(name!) ?? 0) + all.length);
    const meant = [...named.values()].flat();
    return unnamed.filter((difference) => !isConsequence(difference, meant, pair.subject));
  }
}

interface Pair extends Omit<Disagreement<Program>, 'differences'> {
  compare(kept: KeptText[]): readonly Difference[];
}

function only(program: Program, operation: Operation, request: Request): Program {
  return pruned({ ...program, operations: [{ ...operation, requests: [request] }] });
}

function withoutImports(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^(import|from|export) /.test(line))
    .join('\n')
    .trim();
}
