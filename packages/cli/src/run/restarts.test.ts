import { Restarts } from './restarts';

/** The delays after deaths that are so many milliseconds apart. */
function delays(workers: number, deaths: number, apart: number, isServed = true): number[] {
  const restarts = new Restarts(workers);
  return Array.from({ length: deaths }, (_, index) =>
    restarts.delayAfterDeath(isServed, index * apart),
  );
}

describe('a worker that died', () => {
  it('is replaced at once, and later each time it happens again', () =>
    expect(delays(1, 8, 1000)).toEqual([0, 200, 400, 800, 1600, 3200, 5000, 5000]));

  it('is replaced at once where it happens seldom', () =>
    expect(delays(1, 10, 61_000)).toEqual(Array(10).fill(0)));

  it('shares its count with the others, since one failure may end all of them', () =>
    expect(delays(2, 6, 100)).toEqual([0, 0, 100, 200, 200, 400]));

  it('is replaced within a second where no other serves', () =>
    expect(Math.max(...delays(2, 100, 10, false))).toBe(1000));

  it('is replaced however often it happens', () =>
    expect(delays(2, 10_000, 350).at(-1)).toBe(5000));
});
