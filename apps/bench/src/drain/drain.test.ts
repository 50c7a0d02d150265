import { drainRound } from './round.js';

/** A few rounds of `npm run bench:drain`. */
describe('a server that is ended by SIGTERM while many clients ask it', () => {
  it.each([
    ['one process', 1],
    ['two workers', 2],
  ])('loses no request: %s', async (_, workers) => {
    for (let round = 0; round < 3; round++) {
      const { answered, lost, code } = await drainRound(workers, { kept: 32, fresh: 4 });
      expect(lost).toEqual([]);
      expect(answered).toBeGreaterThan(0);
      expect(code).toBe(0);
    }
  });
});
