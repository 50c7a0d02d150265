import type { ConsumerOptions } from '../consume/consumer';

/** What is sent: the id of the event, what keeps its order, JSON and headers. */
export interface Outgoing {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What arrives. */
export interface Incoming extends Outgoing {
  /** Begins at 1. */
  readonly attempt: number;
}

/** Who gets what. */
export interface Subscriber extends Pick<Required<ConsumerOptions>, 'group' | 'from'> {
  readonly topics: readonly string[];
}

/** Who gets what, and what is done with it. */
export interface Subscription extends Subscriber {
  /** Events of different keys that are handled at the same time. */
  readonly concurrency: number;
  /**
   * Settles when the event is done or parked: then, and not before, the broker may count it as
   * delivered. Where it is rejected the event comes again after 1, 2, 4 … seconds, and holds back
   * those of its key meanwhile, no others.
   */
  readonly handle: (message: Incoming) => Promise<void>;
}

/** What a group has not finished of a topic, or of one of its partitions. */
export interface Lag {
  readonly topic: string;
  /** Undefined where the broker has none. */
  readonly partition?: number;
  /** Events. */
  readonly lag: number;
}

/** What a topic keeps and takes, as its broker is set up. */
export interface TopicLimits {
  readonly topic: string;
  /** For how long it keeps what was delivered, so that it may come again. */
  readonly days: number;
  /** Of the largest event that it takes. */
  readonly bytes: number;
}

/** A group that reads topics, until it is stopped. */
export interface Consumption {
  /** Takes nothing new; settles when what was begun is finished and counted. */
  stop(): Promise<void>;
  /** Also of what other processes of the group have. */
  lag(): Promise<readonly Lag[]>;
  /** Settles when it has ended by itself, with the error. */
  readonly ended: Promise<unknown>;
}

/** Whom a broker tells what somebody should know of it. */
export interface BrokerLog {
  info(message: string): void;
  warn(message: string): void;
}

/** What carries events: the port that `kafka()` and the one of Postgres implement, held to `brokerContract`. */
export interface Broker {
  /** For messages. */
  readonly name: string;
  /** Bytes of one event; a larger one fails in `publish`. */
  readonly maxMessage: number;
  /** Connects. From now on what is sent is kept for these groups. */
  open(groups: readonly Subscriber[], log: BrokerLog): Promise<void>;
  /** Settles when all are stored; the relay calls it with what it found, in order. */
  send(batch: readonly Outgoing[]): Promise<void>;
  consume(subscription: Subscription): Promise<Consumption>;
  /** The oldest events that a group has not finished, without taking them. */
  waiting(group: string, topic: string, limit: number): Promise<readonly Outgoing[]>;
  /** Those of these topics that are not there. */
  missing(topics: readonly string[]): Promise<readonly string[]>;
  /** Makes topics that are not there. */
  create(topics: readonly string[]): Promise<void>;
  /** What these topics keep and take; none where nothing limits them. */
  limits(topics: readonly string[]): Promise<readonly TopicLimits[]>;
  close(): Promise<void>;
}

/** How many events a group has not finished. */
export async function leftOf(consumption: Pick<Consumption, 'lag'>): Promise<number> {
  return (await consumption.lag()).reduce((sum, { lag }) => sum + lag, 0);
}

/** Where the dead letters of a group go. */
export function deadTopic(topic: string, group: string): string {
  return `${topic}.${group}.dead`;
}

/** Who reads the dead letters of a group: whoever replays them. */
export function deadGroup(group: string): string {
  return `${group}.dead`;
}

/** Milliseconds before the next try. */
export function pauseAfter(attempt: number): number {
  return Math.min(2 ** (attempt - 1), LONGEST_PAUSE) * 1000;
}

/** Seconds. */
const LONGEST_PAUSE = 600;
