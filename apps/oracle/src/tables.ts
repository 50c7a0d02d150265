import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComparedPrograms } from './compared-programs';
import type { Program } from './description';
import { HOME } from './environment';
import { drawn } from './generate/draw';
import { everyPresence } from './generate/presences';
import { SECTIONS } from './generate/sections';
import { Recorder, type Recording, type Reference } from './recording';

const FOLDER = join(HOME, 'src/tables');
/** Programs of a section; unions choose among members, so that there is more to choose wrong. */
const SIZES: Readonly<Record<string, number>> = { unions: 40 };
const SIZE = 8;

/** The tables that are compared without Python, by the section whose programs they have. */
export const TABLES: readonly string[] = Object.keys(SECTIONS);

/** Every cell for `presence`; of the others programs of fixed seeds. */
function programsOf(table: string): readonly Program[] {
  if (table === 'presence') return everyPresence();
  const { make } = SECTIONS[table]!;
  return Array.from({ length: SIZES[table] ?? SIZE }, (_, seed) => drawn(seed, make));
}

/** Asks FastAPI for a table anew. */
export async function record(table: string, reference: Reference): Promise<number> {
  const { subject } = SECTIONS[table]!;
  const recorder = new Recorder(reference);
  const { disagreements } = await new ComparedPrograms(subject, recorder).tryAll(programsOf(table));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(table), textOf(recorder.recording(subject)));
  return disagreements.length;
}

/** A table as it was recorded. */
export function recordingOf(table: string): Recording {
  return JSON.parse(readFileSync(fileOf(table), 'utf8')) as Recording;
}

export const isRecorded = (table: string): boolean => existsSync(fileOf(table));

const fileOf = (table: string): string => join(FOLDER, `${table}.json`);

/** A line for each program. */
function textOf({ programs, behaviours, canonical }: Recording): string {
  const lines = (all: readonly unknown[]): string =>
    `[\n${all.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
  return `{"programs":${lines(programs)},\n"behaviours":${lines(behaviours)},\n"canonical":${JSON.stringify(canonical)}}\n`;
}
