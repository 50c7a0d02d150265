import { assert, infiniteStream, nat, property, uniqueArray } from 'fast-check';
import { Progress } from '../src/kafka/progress';

describe('what may be committed of a partition', () => {
  it('is the lowest offset that is not done, in whatever order things end', () => {
    assert(
      property(
        uniqueArray(nat(200), { minLength: 1, maxLength: 40 }),
        infiniteStream(nat()),
        (numbers, random) => {
          const offsets = numbers.toSorted((a, b) => a - b).map(BigInt);
          const progress = new Progress(offsets[0]!);
          for (const offset of offsets) expect(progress.begin(offset)).toBe(true);
          const open = [...offsets];
          while (open.length > 0) {
            const picked = random.next().value as number;
            const [offset] = open.splice(picked % open.length, 1);
            progress.end(offset!);
            const lowest = open.length > 0 ? open.toSorted((a, b) => Number(a - b))[0]! : undefined;
            expect(progress.committable).toBe(lowest ?? offsets.at(-1)! + 1n);
            expect(progress.waiting).toBe(open.length);
            // Read again after a rebalance.
            for (const again of offsets) expect(progress.begin(again)).toBe(false);
          }
        },
      ),
    );
  });
});
