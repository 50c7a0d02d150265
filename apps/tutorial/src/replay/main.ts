import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { failure } from './replay';
import { runAll, type Assignment } from './pool';
import { HOME, otherPrograms, ownPrograms, type Programs } from './programs';
import { KnownDifferences } from './known';
import { checksOf, documentsOf, readRecording, recordingIds, type Recording } from './recording';
import { Report } from './report';

const PROCESSES = 2;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { recordings: { type: 'string' }, apps: { type: 'string' } },
    allowPositionals: true,
  });
  const recordings = resolve(values.recordings ?? join(HOME, 'recordings'));
  const filter = positionals[0] ?? '';
  const ids = recordingIds(recordings).filter((id) => id.includes(filter));
  if (ids.length === 0)
    throw new Error(`no recording below ${recordings} has "${filter}" in its path`);
  using programs = values.apps === undefined ? ownPrograms() : otherPrograms(resolve(values.apps));
  const everything = values.recordings === undefined && values.apps === undefined && filter === '';
  process.exitCode = (await compareAll(ids, recordings, programs, !everything)) > 0 ? 1 : 0;
}

async function compareAll(
  ids: readonly string[],
  recordings: string,
  programs: Programs,
  absentFails: boolean,
): Promise<number> {
  const report = new Report((line) => console.log(line));
  const known = KnownDifferences.read(join(HOME, 'DIFFERENCES.md'));
  const replayed = new Set<string>();
  const assignments: Assignment[] = [];
  for (const id of ids) {
    const recording = readRecording(recordings, id);
    const module = programs.moduleOf(id);
    if (module !== undefined) {
      replayed.add(id);
      assignments.push(...assignmentsOf(id, recording, module, recordings));
    } else if (absentFails) {
      for (const check of checksOf(recording))
        report.check(id, check, title(recording, check), failure('a program', 'none'));
    } else {
      report.notWritten(id);
    }
  }
  await runAll(assignments, PROCESSES, ({ job: { id }, checks }, outcome) => {
    const recording = readRecording(recordings, id);
    for (const check of checks) {
      report.check(
        id,
        check,
        title(recording, check),
        known.unexplained(id, check, outcome[check] ?? failure('an outcome', 'none')),
      );
    }
  });
  for (const { line, id, check } of known.unused(replayed))
    report.fail(
      'DIFFERENCES.md',
      `DIFFERENCES.md:${line}: ${id} ${check} is as FastAPI answers: remove the line`,
    );
  return report.close();
}

/** A recording is one job, unless its exchanges need fresh instances or an environment: those are processes. */
function assignmentsOf(
  id: string,
  recording: Recording,
  module: string,
  recordings: string,
): Assignment[] {
  const instances = new Map<number | undefined, number[]>();
  for (const [index, { instance }] of recording.exchanges.entries())
    instances.set(instance, [...(instances.get(instance) ?? []), index]);
  if (instances.size === 0) instances.set(undefined, []);
  const groups = [...instances.values()].map((exchanges) => ({
    exchanges,
    env: recording.exchanges[exchanges[0] ?? 0]?.env ?? {},
  }));
  const plain = groups.findIndex(({ env }) => Object.keys(env).length === 0);
  const documented = plain === -1 ? groups.length - 1 : plain;
  return groups.map(({ exchanges, env }, index) => {
    const documents = index === documented;
    return {
      job: { recordings, id, module, exchanges, documents },
      checks: [
        ...exchanges.map((exchange) => `#${exchange}`),
        ...(documents ? documentsOf(recording).keys() : []),
      ],
      fresh: groups.length > 1 || Object.keys(env).length > 0,
      env,
    };
  });
}

function title(recording: Recording, check: string): string {
  const exchange = check.startsWith('#') ? recording.exchanges[Number(check.slice(1))] : undefined;
  return exchange ? `${exchange.request.method} ${exchange.request.url}` : '';
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
