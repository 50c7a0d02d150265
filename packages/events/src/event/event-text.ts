import { channel } from 'node:diagnostics_channel';
import { RequestValidationError, ResponseValidationError } from 'vivace';
import { bigintIn, checkRoundTrip, shapeOf, type Class } from 'vivace/extend';
import { EventsBootError } from '../boot-error';
import type { Outgoing } from '../broker/broker';
import { factsOfEvent, type EventClass, type EventFacts } from './event';
import { uuid7 } from './uuid7';

/** What is told of an event as it is published; who listens may add headers, such as that of its trace. */
export interface PublishMessage {
  /** That of the event. */
  readonly name: string;
  readonly topic: string;
  readonly headers: Record<string, string>;
}

const published = channel('vivace:publish');
const checked = new WeakSet<object>();

/**
 * What a class of events has said.
 *
 * @throws TypeError for a class that is no event
 * @throws BootError for one whose fields would not come back as they were published
 */
export function eventOf(type: Class | Function): EventFacts {
  const facts = factsOfEvent(type);
  if (facts === undefined)
    throw new TypeError(`${type.name} is no event: write @Event('topic', { key }) above it.`);
  checkFields(facts);
  return facts;
}

/** @throws BootError EVENT_FIELD, ONE_WAY_TYPE */
export function checkFields({ type }: Pick<EventFacts, 'type'>): void {
  if (checked.has(type)) return;
  checkRoundTrip(type);
  const field = bigintIn(type);
  if (field !== undefined)
    throw new EventsBootError(
      'EVENT_FIELD',
      `class ${type.name}`,
      `'${field}' is a bigint, and numbers of JSON end at 2 to the power of 53.`,
      'int, or a text',
    );
  checked.add(type);
}

/**
 * An event as it is sent: the fields of its class, validated as each consumer will.
 *
 * @param maxMessage bytes
 * @throws EventRefused if it does not fit, has no key or is too large
 */
export function eventText(type: EventClass, data: object, maxMessage: number): Outgoing {
  const facts = eventOf(type);
  const { topic, name, version } = facts;
  const { value, key } = validated(facts, data);
  const id = uuid7();
  const headers = {
    'event-id': id,
    'event-type': name,
    'event-version': String(version),
    'event-time': new Date().toISOString(),
    'content-type': 'application/json',
  };
  if (published.hasSubscribers)
    published.publish({ name, topic, headers } satisfies PublishMessage);
  const bytes = Buffer.byteLength(value) + Buffer.byteLength(key);
  if (bytes > maxMessage)
    throw new EventRefused(
      facts,
      `it has ${bytes} bytes, and ${maxMessage} are carried: publish where the rest can be read`,
    );
  return { id, topic, key, value, headers };
}

function validated(facts: EventFacts, data: object): { value: string; key: string } {
  const shape = shapeOf(facts.type);
  try {
    const value = shape.write(data);
    const key = facts.key(shape.parse(JSON.parse(value)) as object);
    if (typeof key === 'string' && key !== '' && !key.includes('\0')) return { value, key };
  } catch (error) {
    const issues = issuesOf(error);
    if (issues === undefined) throw error;
    throw new EventRefused(facts, issues, { cause: error });
  }
  throw new EventRefused(facts, 'its key is no text, or an empty one');
}

/** Undefined where an error is none of validation. */
export function issuesOf(error: unknown): string | undefined {
  if (!(error instanceof RequestValidationError || error instanceof ResponseValidationError))
    return undefined;
  return error.issues
    .map(({ loc, msg }) => [...loc.slice(loc[0] === 'response' ? 1 : 0), msg].join(': '))
    .join('; ');
}

/** An event that cannot be published: a mistake of the program, which its client cannot mend. */
export class EventRefused extends Error {
  constructor({ type }: EventFacts, why: string, options?: ErrorOptions) {
    super(`The event ${type.name} was not published: ${why}.`, options);
    this.name = 'EventRefused';
  }
}
