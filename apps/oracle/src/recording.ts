import type { Behaviour, Program } from './description';

/** What Vivace is compared with: FastAPI, or what it did before. */
export interface Reference {
  run(program: Program): Promise<Behaviour>;
  /** Texts as Python understands them; null for one that does not have the form. */
  canonical(texts: readonly Kept[]): Promise<readonly (string | null)[]>;
}
export type Kept = readonly [kind: string, text: string];

/** Programs and what FastAPI did with them, so that they can be compared where there is no Python. */
export interface Recording {
  readonly programs: readonly Program[];
  readonly behaviours: readonly Behaviour[];
  readonly canonical: Readonly<Record<string, string | null>>;
}

const keyOf = (text: Kept): string => text.join(' ');

/** Notes what FastAPI does. */
export class Recorder implements Reference {
  readonly #behaviours: Behaviour[] = [];
  readonly #programs: Program[] = [];
  readonly #canonical: Record<string, string | null> = {};

  constructor(private readonly reference: Reference) {}

  async run(program: Program): Promise<Behaviour> {
    const at = this.#programs.push(program) - 1;
    return (this.#behaviours[at] = await this.reference.run(program));
  }

  async canonical(texts: readonly Kept[]): Promise<readonly (string | null)[]> {
    const answers = await this.reference.canonical(texts);
    for (const [at, text] of texts.entries()) this.#canonical[keyOf(text)] = answers[at] ?? null;
    return answers;
  }

  /** What was noted; of answers the documents are left out. */
  recording(what: 'answers' | 'document'): Recording {
    const behaviours = this.#behaviours.map((behaviour) =>
      'boot' in behaviour || what === 'document' ? behaviour : { ...behaviour, document: null },
    );
    return { programs: this.#programs, behaviours, canonical: this.#canonical };
  }
}

/** Does what FastAPI did. */
export class Recorded implements Reference {
  readonly #behaviours: ReadonlyMap<Program, Behaviour>;

  constructor(private readonly recording: Recording) {
    const { programs, behaviours } = recording;
    this.#behaviours = new Map(programs.map((program, at) => [program, behaviours[at]!]));
  }

  run(program: Program): Promise<Behaviour> {
    const behaviour = this.#behaviours.get(program);
    return behaviour === undefined
      ? Promise.reject(new Error('The program was not recorded.'))
      : Promise.resolve(behaviour);
  }

  canonical(texts: readonly Kept[]): Promise<readonly (string | null)[]> {
    const { canonical } = this.recording;
    return Promise.resolve(texts.map((text) => canonical[keyOf(text)] ?? null));
  }
}
