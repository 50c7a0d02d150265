import { parseArgs } from 'node:util';
import { python } from './environment';
import { FastApi } from './fastapi';
import { drawn } from './generate/draw';
import { SECTIONS } from './generate/sections';
import { minimise } from './minimise';
import { kindOf, shown } from './report';
import { keep, replay, rows } from './rows';
import { tryAll, type Disagreement } from './trial';

const HELP = `Usage: npm run oracle -- [options]

Compares Vivace with FastAPI and pydantic, and with class-validator, over random programs.

Options:
  --minutes N   goes on for so long
  --cases N     programs of each section, 50 by default
  --seed N      where to begin; printed, so that a run can be repeated
  --only A,B    these sections: ${Object.keys(SECTIONS).join(', ')}
  --keep        adds what is found to the rows that run without Python
  --rows        only replays those rows, without Python
  --prepare     only makes the Python environment
  --help        shows this text`;

/** Programs of one compilation: the checker starts once for them. */
const BATCH = 25;
/** Kinds of disagreement that are made small and shown. */
const MOST_SHOWN = 10;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string' },
      cases: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      keep: { type: 'boolean' },
      rows: { type: 'boolean' },
      prepare: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return say(HELP);
  if (values.prepare === true) return say(`Python with FastAPI: ${python()}`);
  if (values.rows === true) return replayRows();
  const names = values.only?.split(',') ?? Object.keys(SECTIONS);
  const unknown = names.find((name) => !(name in SECTIONS));
  if (unknown !== undefined) throw new Error(`There is no section '${unknown}'.\n\n${HELP}`);
  const seed = numberOf(values.seed, Math.trunc(Math.random() * 1e9));
  say(`seed ${seed}`);
  using search = new Search(names, seed, values.keep === true);
  const minutes = numberOf(values.minutes, 0);
  await search.run(
    minutes > 0 ? Infinity : numberOf(values.cases, 50),
    performance.now() + (minutes > 0 ? minutes * 60_000 : Infinity),
  );
  return search.close();
}

/** The search for disagreements in some sections. */
class Search implements Disposable {
  readonly #fastapi = new FastApi();
  readonly #counts = new Map<string, { cases: number; compared: number; disagreements: number }>();
  readonly #deliberate = new Map<string, number>();
  readonly #kinds = new Map<string, { section: string; found: Disagreement }>();

  constructor(
    private readonly sections: readonly string[],
    private readonly seed: number,
    private readonly keeps: boolean,
  ) {
    for (const name of sections)
      this.#counts.set(name, { cases: 0, compared: 0, disagreements: 0 });
  }

  async run(cases: number, until: number): Promise<void> {
    for (let from = 0; from < cases && performance.now() < until; from += BATCH)
      for (const section of this.sections)
        if (performance.now() < until)
          await this.#batch(section, from, Math.min(BATCH, cases - from));
  }

  async #batch(section: string, from: number, size: number): Promise<void> {
    const { subject, make } = SECTIONS[section]!;
    const programs = Array.from({ length: size }, (_, at) => drawn(this.seed + from + at, make));
    const outcome = await tryAll(programs, subject, this.#fastapi);
    const counts = this.#counts.get(section)!;
    counts.cases += size;
    counts.compared += outcome.compared;
    counts.disagreements += outcome.disagreements.length;
    for (const [name, count] of outcome.deliberate)
      this.#deliberate.set(name, (this.#deliberate.get(name) ?? 0) + count);
    for (const found of outcome.disagreements) await this.#show(section, found);
  }

  async #show(section: string, found: Disagreement): Promise<void> {
    const kind = `${section} ${kindOf(found)}`;
    if (this.#kinds.has(kind)) return;
    this.#kinds.set(kind, { section, found });
    if (this.#kinds.size > MOST_SHOWN) return;
    const { subject } = SECTIONS[section]!;
    const smallest = await minimise(found, subject, this.#fastapi);
    say(`\n--- ${section}\n${shown(smallest)}`);
    if (this.keeps) keep(section, subject, smallest);
  }

  /** Says what was found; gives the exit code. */
  close(): number {
    const counts = [...this.#counts];
    say('');
    for (const [name, { cases, compared, disagreements }] of counts)
      say(
        `${name.padEnd(12)} ${cases} programs, ${compared} compared, ${disagreements} disagreements`,
      );
    for (const [name, count] of this.#deliberate) say(`deliberate   ${name}: ${count}`);
    if (this.#kinds.size > MOST_SHOWN)
      say(`${this.#kinds.size} kinds of disagreement, of which ${MOST_SHOWN} were shown`);
    return counts.some(([, { disagreements }]) => disagreements > 0) ? 1 : 0;
  }

  [Symbol.dispose](): void {
    this.#fastapi[Symbol.dispose]();
  }
}

async function replayRows(): Promise<number> {
  let failed = 0;
  let count = 0;
  for (const [section, all] of rows()) {
    const found = await replay(all);
    for (const [index, differences] of found.entries()) {
      count += 1;
      if (differences.length === 0) continue;
      failed += 1;
      const { program, theirs } = all[index]!;
      say(
        `\n--- row ${index} of ${section}\n${shown({ program, differences, ours: undefined, theirs })}`,
      );
    }
  }
  say(`${count} rows, ${failed} of them not as FastAPI answered`);
  return failed > 0 ? 1 : 0;
}

function numberOf(text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isFinite(number) || number < 0) throw new Error(`'${text}' is no number.`);
  return number;
}

function say(line: string): number {
  console.log(line);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
