import { declareEntry, type Class } from 'vivace/extend';
import { Delivery } from './delivery';
import { factsOfEvent, type EventClass } from '../event/event';
import { marked } from './handled';

/** What a consumer says of itself. */
export interface ConsumerOptions {
  /** Each group gets every event once; processes of a group share them. */
  readonly group: string;
  /**
   * Where a new group begins, in a topic that keeps what it had: at its beginning, or with what comes.
   * On Postgres nothing is kept for groups that are not known yet.
   *
   * @default 'earliest'
   */
  readonly from?: 'earliest' | 'latest';
  /** Events of different keys handled at the same time in each process. @default 8 */
  readonly concurrency?: number;
}

/** How a method handles events. */
export interface OnOptions {
  /** Tries after the first, after 1, 2, 4 … seconds; then it goes to `<topic>.<group>.dead`. @default 5 */
  readonly retries?: number;
  /** Errors that no second try mends: at once to the dead letters. */
  readonly fatal?: readonly Class[];
  /** False: a second delivery is handled again, and the method needs no session. @default true */
  readonly once?: boolean;
  /** Seconds for one try; then it has failed. @default 60 */
  readonly timeout?: number;
}

/** What a class of consumers has said. */
export type ConsumerFacts = Required<ConsumerOptions>;

/** What the entry point of a method with `@On` is declared with. */
export interface OnFacts extends Required<OnOptions> {
  /** The topic, for listings. */
  readonly name: string;
  readonly event: EventClass;
  /** The class that declares the method. */
  readonly owner: Function;
}

const consumers = new WeakMap<object, ConsumerFacts>();
/** The topics of its methods, by the class that declares them. */
const topics = new WeakMap<object, Set<string>>();

/**
 * Makes a class a consumer: its methods with `@On` get events, and its constructor is injected as that
 * of a controller, anew for each try.
 *
 * @example
 * \@Consumer({ group: 'billing' })
 * class Billing {
 *   constructor(private readonly db: Session) {}
 *   \@On(OrderPlaced)
 *   async bill(order: OrderPlaced): Promise<void> { … }
 * }
 */
export function Consumer(options: ConsumerOptions): ClassDecorator {
  return (target) => {
    consumers.set(target, { from: 'earliest', concurrency: 8, ...options });
  };
}

/**
 * A method that handles events: the first parameter is the event, validated; others are injected. What
 * it writes is committed together with the note that the event was handled.
 *
 * @param event the class, which has `@Event`
 * @example
 * \@On(OrderPlaced, { retries: 10, fatal: [UnknownCustomer] })
 * async bill(order: OrderPlaced): Promise<void> { … }
 */
export function On<T extends object>(
  event: EventClass<T>,
  options: OnOptions = {},
): MethodDecorator {
  return (target, method) => {
    const on: OnFacts = {
      retries: 5,
      fatal: [],
      once: true,
      timeout: 60,
      ...options,
      name: factsOfEvent(event)?.topic ?? '',
      event,
      owner: target.constructor,
    };
    const known = topics.get(target.constructor) ?? new Set();
    topics.set(target.constructor, known.add(on.name));
    declareEntry({
      kind: 'event',
      target,
      method: String(method),
      options: on,
      parts: [Delivery],
      dependencies: on.once ? [marked] : [],
    });
  };
}

/** Undefined for a class without `@Consumer`, also one that it extends. */
export function factsOfConsumer(type: Class): ConsumerFacts | undefined {
  return lineOf(type)
    .map((one) => consumers.get(one))
    .find((facts) => facts !== undefined);
}

/** Those of its methods, also of classes that it extends. */
export function topicsOfConsumer(type: Class): readonly string[] {
  return [...new Set(lineOf(type).flatMap((one) => [...(topics.get(one) ?? [])]))];
}

/** A class, and those that it extends. */
function lineOf(type: Class): readonly Function[] {
  const line: Function[] = [];
  for (let at: unknown = type; typeof at === 'function'; at = Object.getPrototypeOf(at))
    line.push(at);
  return line;
}
