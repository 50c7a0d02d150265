/** The fields of an event beside its data. */
interface EventFields {
  /** What the client sends back as `Last-Event-ID` when it connects again; one line. */
  id?: string;
  /** The name of the event; one line. */
  event?: string;
  /** Milliseconds after which the client connects again; a whole number. */
  retry?: number;
  /** Text that the client skips. */
  comment?: string;
}
type EventData<T> = { data?: T; raw?: never } | { data?: never; raw?: string };

/** How the server reads an event that a handler made. */
export const EVENT = Symbol('event');

/**
 * One server-sent event.
 *
 * @param event `data` is written as JSON, `raw` as it is; `id` and `event` are single lines, `retry` is in milliseconds
 * @throws RangeError if a field cannot be written
 * @example yield new ServerSentEvent({ event: 'item', id: '7', data: item });
 */
export class ServerSentEvent<T = never> {
  /** What is written as JSON. */
  readonly data: T | undefined;
  readonly [EVENT]: EventFields & { readonly raw?: string };

  constructor(event: EventFields & EventData<T>) {
    const { data, ...fields } = event;
    if (data !== undefined && fields.raw !== undefined)
      throw new RangeError('ServerSentEvent(data, raw): an event has one of them.');
    if (/[\r\n]/.test(fields.event ?? ''))
      throw new RangeError('ServerSentEvent(event): a name is one line.');
    if (/[\r\n\0]/.test(fields.id ?? ''))
      throw new RangeError('ServerSentEvent(id): an id is one line without NUL.');
    if (fields.retry !== undefined && !(Number.isSafeInteger(fields.retry) && fields.retry >= 0)) {
      throw new RangeError('ServerSentEvent(retry): whole milliseconds, 0 or more.');
    }
    this.data = data;
    this[EVENT] = fields;
  }
}

/**
 * An event as it is sent.
 *
 * @param item an event, or a value that becomes the data of one
 * @param json writes the data
 */
export function eventText(item: unknown, json: (data: unknown) => string): string {
  if (!(item instanceof ServerSentEvent)) return `data: ${json(item)}\n\n`;
  const { id, event, retry, comment, raw } = item[EVENT];
  const data = raw ?? (item.data === undefined ? undefined : json(item.data));
  const lines = [
    ...linesOf(comment).map((line) => `: ${line}`),
    ...linesOf(event).map((line) => `event: ${line}`),
    ...linesOf(data).map((line) => `data: ${line}`),
    ...linesOf(id).map((line) => `id: ${line}`),
    ...linesOf(retry?.toString()).map((line) => `retry: ${line}`),
  ];
  return `${lines.join('\n')}\n\n`;
}

function linesOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(/\r\n|\r|\n/);
}
