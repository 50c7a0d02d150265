import type { Admin } from '@platformatic/kafka';
import type { Subscriber } from '../broker/broker';

/** How far a group is with a partition, and how far the partition goes. */
export interface PartitionOffsets {
  readonly partition: number;
  /** Undefined where the group has none. */
  readonly committed: bigint | undefined;
  readonly end: bigint;
}

const EARLIEST = -2n;
const LATEST = -1n;

/** By topic. */
export async function groupOffsets(
  admin: Admin,
  group: string,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly PartitionOffsets[]>> {
  const ends = await offsetsAt(admin, topics, LATEST);
  const [found] = await admin.listConsumerGroupOffsets({ groups: [group] });
  return new Map(
    [...ends].map(([topic, partitions]) => {
      const known = found?.topics.find(({ name }) => name === topic)?.partitions ?? [];
      return [
        topic,
        partitions.map(({ partition, offset: end }) => {
          const offset = known.find((one) => one.partitionIndex === partition)?.committedOffset;
          return { partition, end, committed: offset === -1n ? undefined : offset };
        }),
      ];
    }),
  );
}

/**
 * Notes where a new group begins, before it reads: what is sent while none of its processes runs is for
 * it too, and a partition that changes its owner is read from there.
 */
export async function seedOffsets(
  admin: Admin,
  { group, topics, from }: Subscriber,
): Promise<void> {
  const known = await groupOffsets(admin, group, topics);
  const unknown = [...known].filter(([, partitions]) =>
    partitions.some(({ committed }) => committed === undefined),
  );
  if (unknown.length === 0) return;
  const begins = await offsetsAt(
    admin,
    unknown.map(([topic]) => topic),
    from === 'latest' ? LATEST : EARLIEST,
  );
  const missing = unknown.map(([topic, partitions]) => ({
    name: topic,
    partitionOffsets: partitions.flatMap(({ partition, committed }) => {
      if (committed !== undefined) return [];
      const begin = begins.get(topic)?.find((one) => one.partition === partition);
      return begin === undefined ? [] : [{ partition, offset: begin.offset }];
    }),
  }));
  // A group with members has begun already; then it is theirs to commit.
  await admin.alterConsumerGroupOffsets({ groupId: group, topics: missing }).catch(() => undefined);
}

async function offsetsAt(
  admin: Admin,
  topics: readonly string[],
  timestamp: bigint,
): Promise<ReadonlyMap<string, readonly { partition: number; offset: bigint }[]>> {
  const metadata = await admin.metadata({ topics: [...topics], forceUpdate: true });
  const listed = await admin.listOffsets({
    topics: topics.map((name) => ({
      name,
      partitions: Array.from(
        { length: metadata.topics.get(name)?.partitionsCount ?? 0 },
        (_, partitionIndex) => ({ partitionIndex, timestamp }),
      ),
    })),
  });
  return new Map(
    listed.map(({ name, partitions }) => [
      name,
      partitions.map(({ partitionIndex, offset }) => ({ partition: partitionIndex, offset })),
    ]),
  );
}
