import { differenceOf, MEANT } from './decorator-differences';
import { cells } from './decorator-table';
import type { Verdicts } from './validated';
import { verdictsOf } from './vivace';

const all = cells();
let verdicts: readonly (readonly Verdicts[])[] = [];

beforeAll(async () => {
  verdicts = await verdictsOf(all.map(({ subject }) => subject));
});

test('every decorator on every type has the verdict of its library, or is an error at boot', () => {
  const differences = all.flatMap((cell, at) =>
    verdicts[at]!.flatMap((verdict, index) => {
      const difference = differenceOf(cell, verdict, cell.subject.values[index]!);
      return difference === undefined ? [] : [{ cell, ...difference }];
    }),
  );
  const unnamed = differences.filter(({ meant }) => meant === undefined);
  expect(unnamed.map(({ cell, text }) => `${cell.decorator} × ${cell.shape}: ${text}`)).toEqual([]);
  // Each name is met, so that none outlives its reason.
  const met = new Set(differences.map(({ meant }) => meant));
  expect([...met].toSorted()).toEqual(Object.keys(MEANT).toSorted());
});

test('an error at boot names both places', () => {
  const disagreeing = ['@Type(() => Number) of text', '@Type of another class', '@IsIn of another'];
  const errors = all.flatMap(({ decorator }, at) =>
    disagreeing.includes(decorator) ? verdicts[at]![0]!.ours : [],
  );
  expect(errors.length).toBeGreaterThan(20);
  for (const error of errors)
    expect(error).toMatch(/class-(validator|transformer).* and the type .* cannot both be right/s);
});

test.each(Object.entries(MEANT))('%s, for a reason', (_, { why }) => {
  expect(why).not.toBe('');
});
