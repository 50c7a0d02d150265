import { randomUUID } from 'node:crypto';
import type { Outgoing } from '../broker/broker';
import { incomingOf } from './message';
import { behind, type PartitionOffsets } from './offsets';
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
    partitions.filter((one) => behind(one) > 0).map((one) => [one.partition, one]),
  );
  if (left.size === 0) return [];
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
      fallbackMode: 'earliest',
      offsets: partitions.map(({ partition, next }) => ({ topic, partition, offset: next })),
    });
    consumer.on('error', (error: Error) => void stream.destroy(error));
    for await (const message of stream) {
      const end = left.get(message.partition)?.end ?? 0n;
      if (message.offset < end) found.push(incomingOf(message));
      if (message.offset + 1n >= end) left.delete(message.partition);
      if (found.length >= limit || left.size === 0) break;
    }
  } finally {
    await consumer.close(true);
  }
  return found;
}
