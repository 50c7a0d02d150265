import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareAnswers,
  compareKept,
  compareValues,
  textsOf,
  type Difference,
  type KeptText,
} from './compare';
import { nameOf } from './deliberate';
import type { Answer, Program } from './description';
import { HOME } from './environment';
import { runVivace } from './vivace';

/** A program with one request, or with none for its document, and what FastAPI does with it. */
export interface Row {
  readonly program: Program;
  readonly theirs: unknown;
  /** The deliberate difference that it shows. */
  readonly deliberate?: string;
}

const FOLDER = join(HOME, 'src/rows');

/** The rows by section. */
export function rows(): Map<string, readonly Row[]> {
  if (!existsSync(FOLDER)) return new Map();
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return new Map(files.map((name) => [name.replace('.json', ''), read(join(FOLDER, name))]));
}

/** Adds a program to the rows of a section. */
export function keep(section: string, program: Program, theirs: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${section}.json`);
  const row: Row = { program, theirs };
  const all = [...(existsSync(path) ? read(path) : []), row];
  writeFileSync(path, `[\n${all.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`);
}

function read(path: string): Row[] {
  return JSON.parse(readFileSync(path, 'utf8')) as Row[];
}

/** What each row differs in although it should not, without asking Python. */
export async function replay(all: readonly Row[]): Promise<(readonly Difference[])[]> {
  const behaviours = await runVivace(all.map(({ program }) => program));
  return all.map((row, index) => {
    const ours = behaviours[index]!;
    if ('boot' in ours) return [{ path: 'boot', ours: ours.boot, theirs: row.theirs }];
    const kept: KeptText[] = [];
    const answer = ours.answers[0]?.[0];
    const differences =
      answer === undefined
        ? compareValues(ours.document, row.theirs, '', kept)
        : compareAnswers(answer, row.theirs as Answer, kept);
    return judged(row, [...differences, ...kept.flatMap((text) => unsent(text, row.program))]);
  });
}

function judged(
  { deliberate, program }: Row,
  differences: readonly Difference[],
): readonly Difference[] {
  if (deliberate === undefined) return differences;
  const others = differences.filter((difference) => nameOf(difference, program) !== deliberate);
  return differences.length > 0
    ? others
    : [{ path: 'deliberate', ours: 'as FastAPI', theirs: deliberate }];
}

/** What Vivace keeps as text is what was sent; that Python takes it for the same was asked when the row was made. */
function unsent(kept: KeptText, { operations }: Program): readonly Difference[] {
  const { url, headers = [], body = '' } = operations[0]!.requests[0]!;
  const sent = [url, ...headers.map(([, value]) => value), body].flatMap((text) => [
    text,
    decoded(text),
  ]);
  const texts = textsOf(kept);
  const areSent = texts.every((text) =>
    [text, JSON.stringify(text)].some((each) => sent.some((whole) => whole.includes(each))),
  );
  const theirs = [kept.theirs].flat();
  return areSent
    ? compareKept(
        kept,
        texts.map((_, at) => theirs[at] ?? theirs[0]),
      )
    : [kept];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
