import type { Admin } from '@platformatic/kafka';
import type { Subscriber } from '../broker/broker';

/** What a topic has of a partition. */
interface Range {
  readonly partition: number;
  /** The oldest that was not forgotten yet. */
  readonly begin: bigint;
  readonly end: bigint;
}

/** How far a group is with a partition, and how far the partition goes. */
export interface PartitionOffsets extends Range {
  /** Undefined where the group has none. */
  readonly committed: bigint | undefined;
  /** What comes next of those that the topic still has. */
  readonly next: bigint;
}

const EARLIEST = -2n;
const LATEST = -1n;

/** By topic. */
export async function groupOffsets(
  admin: Admin,
  group: string,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly PartitionOffsets[]>> {
  const ranges = await rangesOf(admin, topics);
  const [found] = await admin.listConsumerGroupOffsets({ groups: [group] });
  return new Map(
    [...ranges].map(([topic, partitions]) => {
      const known = found?.topics.find(({ name }) => name === topic)?.partitions ?? [];
      return [
        topic,
        partitions.map((range) => {
          const at = known.find((one) => one.partitionIndex === range.partition)?.committedOffset;
          const committed = at === -1n ? undefined : at;
          const isKept = committed !== undefined && committed > range.begin;
          return { ...range, committed, next: isKept ? committed : range.begin };
        }),
      ];
    }),
  );
}

/** Events that a group has not finished. */
export function behind({ next, end }: PartitionOffsets): number {
  return Number(end - next);
}

/**
 * Notes where a new group begins, before it reads: what is sent while none of its processes runs is for
 * it too, and a partition that changes its owner is read from there.
 */
export async function seedOffsets(
  admin: Admin,
  { group, topics, from }: Subscriber,
): Promise<void> {
  const offsets = await groupOffsets(admin, group, topics);
  const missing = [...offsets].flatMap(([name, partitions]) => {
    const unknown = partitions.filter(({ committed }) => committed === undefined);
    // A partition that was added to a topic later has nothing that is not for the group.
    const isNew = unknown.length === partitions.length;
    const partitionOffsets = unknown.map(({ partition, begin, end }) => ({
      partition,
      offset: isNew && from === 'latest' ? end : begin,
    }));
    return partitionOffsets.length === 0 ? [] : [{ name, partitionOffsets }];
  });
  if (missing.length === 0) return;
  // A group with members has begun already; then it is theirs to commit.
  await admin.alterConsumerGroupOffsets({ groupId: group, topics: missing }).catch(() => undefined);
}

async function rangesOf(
  admin: Admin,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly Range[]>> {
  const metadata = await admin.metadata({ topics: [...topics], forceUpdate: true });
  const offsetsAt = (timestamp: bigint) =>
    admin.listOffsets({
      topics: topics.map((name) => ({
        name,
        partitions: Array.from(
          { length: metadata.topics.get(name)?.partitionsCount ?? 0 },
          (_, partitionIndex) => ({ partitionIndex, timestamp }),
        ),
      })),
    });
  // The oldest first: offsets only grow, so that none is behind the end.
  const begins = await offsetsAt(EARLIEST);
  const ends = await offsetsAt(LATEST);
  const oldest = new Map(
    begins.map(({ name, partitions }) => [
      name,
      new Map(partitions.map(({ partitionIndex, offset }) => [partitionIndex, offset])),
    ]),
  );
  return new Map(
    ends.map(({ name, partitions }) => [
      name,
      partitions.map(({ partitionIndex: partition, offset: end }) => ({
        partition,
        begin: oldest.get(name)?.get(partition) ?? end,
        end,
      })),
    ]),
  );
}
