import type { Class, Entry } from 'vivace/extend';
import { EventsBootError } from '../boot-error';
import { deadGroup, deadTopic, type Subscriber } from '../broker/broker';
import { factsOfConsumer, type ConsumerFacts, type OnFacts } from './consumer';
import { factsOfEvent, type EventFacts } from '../event/event';

/** A method that handles events. */
export interface HandlerDefinition {
  readonly event: EventFacts;
  readonly on: OnFacts;
  readonly entry: Entry;
}

/** A consumer of an application. */
export interface GroupDefinition extends ConsumerFacts {
  readonly type: Class;
  readonly handlers: readonly HandlerDefinition[];
  readonly topics: readonly string[];
}

/**
 * The consumers of an application.
 *
 * @param entries compiled, those of the classes among them
 * @throws EventsBootError for a class that is no consumer, or handles what is no event
 */
export function groupsOf(
  consumers: readonly Class[],
  entries: readonly Entry[],
): readonly GroupDefinition[] {
  return consumers.map((type) => {
    const facts = factsOfConsumer(type);
    if (facts === undefined)
      throw new EventsBootError(
        'CONSUMER_MISSING',
        'events({ consumers })',
        `The class ${type.name} is no consumer.`,
        `@Consumer({ group: '${type.name.toLowerCase()}' }) above class ${type.name}`,
      );
    const handlers = entries.filter((entry) => isOf(type, entry)).map(handlerOf);
    const topics = [...new Set(handlers.map(({ event }) => event.topic))];
    return { ...facts, type, handlers, topics };
  });
}

/** What brokers have to keep: for the groups, and for those who replay their dead letters. */
export function subscribersOf(groups: readonly GroupDefinition[]): readonly Subscriber[] {
  return groups.flatMap(({ group, topics, from }) => [
    { group, topics, from },
    {
      group: deadGroup(group),
      from: 'earliest',
      topics: topics.map((topic) => deadTopic(topic, group)),
    },
  ]);
}

function isOf(type: Class, { kind, name, options }: Entry): boolean {
  const { owner } = options as Partial<OnFacts>;
  if (kind !== 'event' || owner === undefined) return false;
  const declares = type === owner || Object.prototype.isPrototypeOf.call(owner, type);
  return declares && name.startsWith(`${type.name}.`);
}

function handlerOf(entry: Entry): HandlerDefinition {
  const on = entry.options as OnFacts;
  const event = factsOfEvent(on.event);
  if (event !== undefined) return { event, on, entry };
  throw new EventsBootError(
    'EVENT_MISSING',
    entry.name,
    `The class ${on.event.name} is no event.`,
    `@Event('topic', { key: (event) => event.id }) above class ${on.event.name}`,
  );
}
