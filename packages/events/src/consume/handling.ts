import { tracingChannel } from 'node:diagnostics_channel';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { RequestValidationError } from 'vivace';
import { messageOf } from 'vivace/extend';
import { deadTopic, type Incoming, type Outgoing } from '../broker/broker';
import type { GroupDefinition, HandlerDefinition } from './definition';
import { Delivery } from './delivery';
import { issuesOf } from '../event/event-text';
import { AlreadyHandled, GroupDelivery } from './handled';

/** What the tracing channel `vivace:delivery` tells of a try to handle an event. */
export interface DeliveryMessage {
  /** The method: `Billing.bill`. */
  readonly name: string;
  readonly group: string;
  readonly topic: string;
  readonly attempt: number;
  /** Those of the event; `traceparent` is that of who published it. */
  readonly headers: Readonly<Record<string, string>>;
}

const deliveries = tracingChannel<unknown, DeliveryMessage>('vivace:delivery');

/** An event for one group alone: a replayed dead letter. */
export const GROUP_HEADER = 'vivace-group';

/** What handling is done with. */
export interface HandlingParts {
  /** Sends a dead letter. */
  readonly park: (letter: Outgoing, error: unknown) => Promise<void>;
  readonly log: FastifyBaseLogger;
  /** Aborted when the process has no more time. */
  readonly signal: AbortSignal;
  /** Whether the database of the program answers. */
  readonly hasDatabase: () => Promise<boolean>;
}

/** Milliseconds between two looks for a database that is away. */
const LOOK = 1000;

/** Handles the events of one group, each with the method that is for it. */
export class Handling {
  readonly #group: GroupDefinition;
  readonly #parts: HandlingParts;

  constructor(group: GroupDefinition, parts: HandlingParts) {
    this.#group = group;
    this.#parts = parts;
  }

  /**
   * Settles when the event is handled, is none of this group, or is parked.
   *
   * @throws what a try failed with that is not the last one
   */
  readonly handle = async (message: Incoming): Promise<void> => {
    const only = message.headers[GROUP_HEADER];
    if (only !== undefined && only !== this.#group.group) return;
    const ofTopic = this.#group.handlers.filter(({ event }) => event.topic === message.topic);
    const type = message.headers['event-type'];
    // Other producers name no type: that is clear where a topic has one.
    const handler =
      type === undefined && ofTopic.length === 1
        ? ofTopic[0]
        : ofTopic.find(({ event }) => event.name === type);
    if (handler !== undefined) await this.#try(handler, message);
    else if (type === undefined && ofTopic.length > 0)
      await this.#parkAs(message, new Error("It has no header 'event-type'."));
    // It died in this group and was given back: nobody else has it.
    else if (only !== undefined)
      await this.#parkAs(message, new Error(`The group has no method for ${type ?? 'it'}.`));
  };

  async #try(handler: HandlerDefinition, message: Incoming): Promise<void> {
    const { on, entry } = handler;
    const { log } = this.#parts;
    try {
      await this.#call(handler, message);
    } catch (error) {
      if (error instanceof AlreadyHandled) return;
      // It did not fail: the process ends.
      if (this.#parts.signal.aborted) throw error;
      if (await this.#hasWaited()) return this.#try(handler, message);
      const err = error instanceof Error ? error : messageOf(error);
      const line = { err, event: message.id, topic: message.topic, key: message.key };
      const isLast = isFinal(error, on.fatal) || message.attempt > on.retries;
      if (!isLast) {
        log.warn(line, `Try ${message.attempt} of ${entry.name} failed`);
        throw error;
      }
      await this.#parkAs(message, error).catch((refusal: unknown) => {
        log.error({ ...line, err: refusal }, `The dead letter of ${entry.name} could not be sent`);
        throw refusal;
      });
      log.error(line, `${entry.name} has failed: the event is a dead letter now`);
    }
  }

  /** For the database, without which no try is one: events would all be dead letters after an outage. */
  async #hasWaited(): Promise<boolean> {
    const { hasDatabase, signal, log } = this.#parts;
    if (await hasDatabase()) return false;
    log.warn(`The group '${this.#group.group}' waits for the database`);
    do await delay(LOOK, undefined, { signal });
    while (!(await hasDatabase()));
    return true;
  }

  async #call({ event, on, entry }: HandlerDefinition, message: Incoming): Promise<void> {
    const payload = payloadOf(event, message);
    const delivery = new RunningDelivery(this.#group.group, message);
    const { topic, attempt, headers } = message;
    const told = { name: entry.name, group: delivery.group, topic, attempt, headers };
    const call = (): Promise<unknown> =>
      withinSeconds(on.timeout, this.#parts.signal, (signal) =>
        entry.call(payload, new Map([[Delivery, delivery]]), signal),
      );
    await (deliveries.hasSubscribers ? deliveries.tracePromise(call, told) : call());
  }

  /** With what it failed with; whoever replays it finds the id of the event. */
  async #parkAs(message: Incoming, error: unknown): Promise<void> {
    const { id, topic, key, value, headers } = message;
    const { group } = this.#group;
    const letter = {
      ...headers,
      'event-id': id,
      'dead-topic': topic,
      'dead-time': new Date().toISOString(),
      'dead-attempts': String(message.attempt),
      'dead-error': messageOf(issuesOf(error) ?? error),
    };
    await this.#parts.park(
      { id, topic: deadTopic(topic, group), key, value, headers: letter },
      error,
    );
  }
}

class RunningDelivery extends GroupDelivery {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly attempt: number;
  readonly publishedAt: Date;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly group: string,
    message: Incoming,
  ) {
    super();
    this.id = message.id;
    this.topic = message.topic;
    this.key = message.key;
    this.attempt = message.attempt;
    this.headers = message.headers;
    const time = new Date(message.headers['event-time'] ?? NaN);
    this.publishedAt = Number.isNaN(time.valueOf()) ? new Date() : time;
  }
}

/** What the method gets, of whatever version it was sent; the entry validates it. */
function payloadOf(event: HandlerDefinition['event'], message: Incoming): unknown {
  const sent: unknown = parsed(message.value);
  const written = message.headers['event-version'] ?? String(event.version);
  const version = /^[1-9]\d*$/.test(written) ? Number(written) : NaN;
  if (version === event.version) return sent;
  if (!(version < event.version))
    throw new Unreadable(`Its version is ${written}, and ${event.type.name} has ${event.version}.`);
  return event.upgrade === undefined ? sent : event.upgrade(sent, version);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unreadable('It is no JSON.', { cause });
  }
}

/** An event that no try can read. */
class Unreadable extends Error {}

function isFinal(error: unknown, fatal: HandlerDefinition['on']['fatal']): boolean {
  return (
    error instanceof Unreadable ||
    isPayloadRefused(error) ||
    fatal.some((type) => error instanceof type)
  );
}

/** Not what a handler throws about rows: their places begin with something else. */
function isPayloadRefused(error: unknown): boolean {
  return (
    error instanceof RequestValidationError && error.issues.every(({ loc }) => loc[0] === 'payload')
  );
}

/**
 * Who does not listen to its signal is not waited for. The next try may begin while it goes on; both
 * have one mark, so that one of them is committed.
 */
async function withinSeconds<T>(
  seconds: number,
  ending: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (reason: unknown): void => controller.abort(reason);
  const timer = setTimeout(
    () => abort(new Error(`It took longer than ${seconds} s.`)),
    seconds * 1000,
  );
  const end = (): void => abort(ending.reason);
  ending.addEventListener('abort', end, { once: true });
  if (ending.aborted) end();
  try {
    return await Promise.race([run(signal), rejected(signal)]);
  } finally {
    clearTimeout(timer);
    ending.removeEventListener('abort', end);
  }
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
