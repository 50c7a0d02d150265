import type { Broker } from '../broker/broker';
import { EventsBootError } from '../boot-error';
import { KafkaBroker } from './kafka-broker';
import type { KafkaOptions } from './settings';

export type { KafkaOptions } from './settings';

/** What the client of Kafka needs. */
const LEAST_NODE = [22, 22] as const;

/**
 * Carries events by Apache Kafka 3.7 or newer: an idempotent producer, groups with manual commits.
 * Where `KAFKA_BROKERS` is set it is used without being named.
 *
 * @param options what does not come from the environment
 * @throws BootError for a variable that cannot be meant, and on a Node that its client does not support
 * @example events({ consumers: [Billing], broker: kafka({ topics: { partitions: 12 } }) })
 */
export function kafka(options: KafkaOptions = {}): Broker {
  return kafkaOf(options, process.env);
}

/** With variables that are those of an application. */
export function kafkaOf(
  options: KafkaOptions,
  env: Readonly<Record<string, string | undefined>>,
): Broker {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]))
    throw new EventsBootError(
      'KAFKA_NODE',
      'kafka()',
      `This is Node ${process.versions.node}.`,
      `Node ${LEAST_NODE.join('.')} or newer, or no KAFKA_BROKERS`,
    );
  return new KafkaBroker(options, env);
}
