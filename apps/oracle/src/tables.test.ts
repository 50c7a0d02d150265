import { ComparedPrograms } from './compared-programs';
import { SECTIONS } from './generate/sections';
import { Recorded, type Recording } from './recording';
import { shown } from './report';
import { replay, rows } from './rows';
import { recordingOf, TABLES } from './tables';

/** A busy machine takes minutes for the checker of so many programs. */
const TIMEOUT = 300_000;

/** One of several, so that the checker starts once. */
function together(recordings: readonly Recording[]): Recording {
  return {
    programs: recordings.flatMap(({ programs }) => programs),
    behaviours: recordings.flatMap(({ behaviours }) => behaviours),
    canonical: Object.assign({}, ...recordings.map(({ canonical }) => canonical)) as Record<
      string,
      string | null
    >,
  };
}

describe.each(['answers', 'document'] as const)('as FastAPI did: %s', (what) => {
  const tables = TABLES.filter((table) => SECTIONS[table]!.subject === what);

  it(
    `of ${tables.join(', ')}`,
    async () => {
      const recording = together(tables.map(recordingOf));
      const trial = new ComparedPrograms(what, new Recorded(recording));
      const { compared, disagreements } = await trial.tryAll(recording.programs);
      expect(disagreements.slice(0, 5).map((each) => shown(each, trial))).toEqual([]);
      expect(disagreements).toHaveLength(0);
      expect(compared).toBeGreaterThanOrEqual(recording.programs.length / 2);
    },
    TIMEOUT,
  );
});

it('every disagreement that was found is mended, or has a name', async () => {
  const all = [...rows().values()].flat();
  expect(all).not.toEqual([]);
  const found = await replay(all);
  expect(found.flatMap((differences, at) => differences.map((each) => [all[at], each]))).toEqual(
    [],
  );
});
