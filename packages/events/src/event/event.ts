import type { Class } from 'vivace/extend';

/** What a class of events says of itself. */
export interface EventOptions<T extends object> {
  /** What keeps order: events with the same key are handled in the order of their commits. */
  readonly key: (event: T) => string;
  /**
   * The header `event-type`, by which classes of one topic are told apart. Rename the class, keep the name.
   *
   * @default the name of the class
   */
  readonly name?: string;
  /** Of its fields; raise it when old consumers could not read new events. @default 1 */
  readonly version?: number;
  /** Makes what an older version had into what this one has, before it is validated. */
  readonly upgrade?: (old: unknown, version: number) => unknown;
}

/** A class of events. */
export type EventClass<T extends object = object> = new () => T;

/** What a class of events has said. */
export interface EventFacts {
  readonly type: EventClass;
  readonly topic: string;
  readonly name: string;
  readonly version: number;
  readonly key: (event: object) => unknown;
  readonly upgrade: ((old: unknown, version: number) => unknown) | undefined;
}

const facts = new Map<object, EventFacts>();

/**
 * Makes a class an event: what it is published to, what keeps its order, and the version of its fields.
 *
 * @param topic where it goes; several classes may share one, and then the order of a key holds across them
 * @example
 * \@Event('orders', { key: (event) => event.id })
 * class OrderPlaced {
 *   id!: uuid;
 *   quantity!: int;
 * }
 */
export function Event<T extends object>(
  topic: string,
  options: EventOptions<T>,
): (target: EventClass<T>) => void {
  return (type) => {
    const { name = type.name, version = 1, upgrade } = options;
    const key = options.key as EventFacts['key'];
    facts.set(type, { type, topic, name, version, key, upgrade });
  };
}

/** Undefined for a class without `@Event` of its own. */
export function factsOfEvent(type: Class | Function): EventFacts | undefined {
  return facts.get(type);
}

/** All classes of events that the program has loaded. */
export function knownEvents(): readonly EventFacts[] {
  return [...facts.values()];
}
