import { randomUUID } from 'node:crypto';
import type { Outgoing } from '../broker/broker';
import { incomingOf } from './message';
import type { PartitionOffsets } from './offsets';
import { CONSUMER, type ClientOptions } from './settings';

type Library = typeof import('@platformatic/kafka');

/** The first messages of a topic that a group has not finished: read by a group of their own, which commits nothing. */
export async function firstMessages(
  { Consumer, stringDeserializers }: Library,
  client: ClientOptions,
  topic: string,
  partitions: readonly PartitionOffsets[],
  limit: number,
): Promise<readonly Outgoing[]> {
  const left = new Map(
    partitions.map(({ partition, committed = 0n, end }) => [partition, { committed, end }]),
  );
  const wanted = partitions.reduce(
    (sum, { committed = 0n, end }) => sum + Number(end - committed),
    0,
  );
  if (wanted === 0) return [];
  const consumer = new Consumer({
    ...client,
    ...CONSUMER,
    groupId: `vivace-look-${randomUUID()}`,
    deserializers: stringDeserializers,
  });
  const found: Outgoing[] = [];
  try {
    const stream = await consumer.consume({
      topics: [topic],
      mode: 'manual',
      offsets: [...left].map(([partition, { committed }]) => ({
        topic,
        partition,
        offset: committed,
      })),
    });
    consumer.on('error', (error: Error) => void stream.destroy(error));
    for await (const message of stream) {
      const { end } = left.get(message.partition)!;
      if (message.offset < end) found.push(incomingOf(message));
      if (message.offset + 1n >= end) left.delete(message.partition);
      for (const [partition, one] of left) if (one.committed >= one.end) left.delete(partition);
      if (found.length >= limit || left.size === 0) break;
    }
  } finally {
    await consumer.close(true);
  }
  return found;
}
