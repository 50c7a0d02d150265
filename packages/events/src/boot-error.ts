import { BootError } from 'vivace/extend';

/** Every error of this package that a program can meet before it listens; `docs/events-errors.md` shows each with its cure. */
export const EVENTS_BOOT_ERRORS = {
  DATABASE_MISSING: 'Events are rows of a database first, and there is none.',
  EVENT_MISSING: 'A class is taken for an event that is none.',
  EVENT_NAME: 'The name of a topic, an event or a group cannot be one.',
  EVENT_TWICE: 'Two classes of one topic have one name.',
  EVENT_FIELD: 'A field of an event would not come back as it was published.',
  EVENT_OPTION: 'An option is out of its bounds.',
  CONSUMER_MISSING: 'A class is listed as a consumer that is none.',
  GROUP_TWICE: 'Two consumers have one group.',
  HANDLER_TWICE: 'Two methods of a consumer handle one event.',
  HANDLER_PARAMETER: 'A method does not take the event that it handles.',
  EVENT_TABLES: 'The database has no tables of events, or those of another version.',
  TOPIC_MISSING: 'The broker has no such topic.',
  MARKS_TOO_SHORT: 'What was handled would be forgotten while the topic still has it.',
  MESSAGE_LIMIT: 'A topic takes no events as large as may be published.',
  KAFKA_SETTING: 'What the environment says of Kafka cannot be meant.',
  KAFKA_NODE: 'The client of Kafka needs a newer Node.',
} as const satisfies Readonly<Record<string, string>>;

export type EventsBootErrorCode = keyof typeof EVENTS_BOOT_ERRORS;

/** What is wrong with a program and its events, found before it listens. */
export class EventsBootError extends BootError<EventsBootErrorCode> {}
