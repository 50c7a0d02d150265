import { Postgres } from '../faults/postgres.js';
import { drainRound } from './round.js';
import { effects, GONE, variablesOf, workRound } from './work-round.js';

/** A few rounds of `npm run bench:drain`. */
describe('a server that is ended by SIGTERM while many clients ask it', () => {
  it.each([
    ['one process', 1],
    ['two workers', 2],
  ])('loses no request: %s', async (_, workers) => {
    for (let round = 0; round < 3; round++) {
      const { answered, lost, ends } = await drainRound(workers, { kept: 32, fresh: 4 });
      expect(lost).toEqual([]);
      expect(answered).toBeGreaterThan(0);
      expect(ends).toMatchObject([{ code: 0 }]);
    }
  });

  it('loses no job and no event, with a process of its own that works on them', async () => {
    await using postgres = await Postgres.open('drain');
    const env = variablesOf(postgres);
    const { lost, ends } = await workRound(postgres, env, { kept: 8, fresh: 2 });
    expect(lost).not.toContain(GONE);
    expect(ends).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(await effects(postgres, env)).toMatchObject({ lost: 0, twice: 0 });
  }, 120_000);
});
