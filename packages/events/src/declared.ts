import type { Class } from 'vivace/extend';
import type { Broker } from './broker/broker';
import { brokersOf } from './kafka/settings';
import { factsOfConsumer, topicsOfConsumer } from './consume/consumer';

interface Declared {
  readonly consumers: readonly Class[];
  readonly broker: Broker | undefined;
}

/** A consumer, as its decorators say. */
export interface DeclaredGroup {
  readonly group: string;
  readonly topics: readonly string[];
}

const declared: Declared[] = [];

/** Notes an extension, for commands that work without a server. */
export function noteDeclared(one: Declared): void {
  declared.push(one);
}

/** The consumers of all programs that are loaded. */
export function declaredGroups(): readonly DeclaredGroup[] {
  const consumers = new Set(declared.flatMap((one) => one.consumers));
  return [...consumers].flatMap((type) => {
    const facts = factsOfConsumer(type);
    return facts === undefined ? [] : [{ group: facts.group, topics: topicsOfConsumer(type) }];
  });
}

/** The one that a program names. */
export function namedBroker(): Broker | undefined {
  return declared.find(({ broker }) => broker !== undefined)?.broker;
}

/** The broker that the environment names; undefined: the database. */
export async function brokerOf(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Broker | undefined> {
  if (brokersOf(env).length === 0) return undefined;
  // The client is loaded where it is used, and by nobody else.
  const { kafkaOf } = await import('./kafka/kafka.js');
  return kafkaOf({}, env);
}
