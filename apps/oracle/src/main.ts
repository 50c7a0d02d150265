import { parseArgs } from 'node:util';
import { ComparedPrograms } from './compared-programs';
import { python } from './environment';
import { FastApi } from './fastapi';
import { shown } from './report';
import { replay, rows } from './rows';
import { Search, SECTION_NAMES } from './search';
import { record, TABLES } from './tables';

const HELP = `Usage: npm run oracle -- [options]

Compares Vivace with FastAPI and pydantic, and with class-validator, over random programs.

Options:
  --cases N     programs of each section, 50 by default
  --minutes N   goes on for so long instead
  --seed N      where to begin; printed, so that a run can be repeated
  --only A,B    these sections: ${SECTION_NAMES.join(', ')}
  --keep        adds what is found to the rows that run without Python
  --rows        only replays those rows
  --record      asks FastAPI for the tables anew
  --prepare     only makes the Python environment
  --help        shows this text`;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      keep: { type: 'boolean' },
      rows: { type: 'boolean' },
      record: { type: 'boolean' },
      prepare: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return say(HELP);
  if (values.prepare === true) return say(`FastAPI runs on ${python()}`);
  if (values.rows === true) return replayRows();
  if (values.record === true) return recordTables();
  const sections = values.only?.split(',') ?? SECTION_NAMES;
  const unknown = sections.find((name) => !SECTION_NAMES.includes(name));
  if (unknown !== undefined) throw new Error(`There is no section '${unknown}'.\n\n${HELP}`);
  const seed = numberOf(values.seed) ?? Math.trunc(Math.random() * 1e9);
  const minutes = numberOf(values.minutes);
  say(`seed ${seed}`);
  using fastapi = new FastApi();
  const search = new Search(sections, fastapi, { seed, keeps: values.keep === true, say });
  if (minutes === undefined) await search.run(numberOf(values.cases) ?? 50, Infinity);
  else await search.run(Infinity, performance.now() + minutes * 60_000);
  return search.report();
}

async function recordTables(): Promise<boolean> {
  using fastapi = new FastApi();
  let agree = true;
  for (const table of TABLES) {
    const found = await record(table, fastapi);
    agree &&= found === 0;
    say(`${table.padEnd(12)} recorded, ${found} disagreements`);
  }
  return agree;
}

async function replayRows(): Promise<boolean> {
  let failed = 0;
  let count = 0;
  for (const [section, all] of rows()) {
    const found = await replay(all);
    for (const [index, differences] of found.entries()) {
      count += 1;
      if (differences.length === 0) continue;
      failed += 1;
      const { program, theirs } = all[index]!;
      const row = { subject: program, differences, ours: undefined, theirs };
      say(`\n--- row ${index} of ${section}\n${shown(row, ComparedPrograms.prototype)}`);
    }
  }
  say(`${count} rows, ${failed} of them not as FastAPI answered`);
  return failed === 0;
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) throw new Error(`'${text}' is no number.`);
  return number;
}

function say(line: string): true {
  console.log(line);
  return true;
}

main().then(
  (agrees) => {
    process.exitCode = agrees ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
