/** An event of a stream of server-sent events. */
export interface ReceivedEvent {
  /** Its data, as text. */
  readonly data: string;
  /** Its name. */
  readonly event?: string;
  /** Its id. */
  readonly id?: string;
  /** Milliseconds after which a client connects again. */
  readonly retry?: number;
}

/** The events of the text of a server-sent stream; comments and empty blocks are none. */
export function parseEvents(text: string): ReceivedEvent[] {
  return text
    .split(/\r\n\r\n|\n\n|\r\r/)
    .map((block) => block.split(/\r\n|\r|\n/).flatMap(fieldOf))
    .filter((fields) => fields.length > 0)
    .map(eventOf);
}

function fieldOf(line: string): readonly (readonly [name: string, value: string])[] {
  const colon = line.indexOf(':');
  if (colon === 0 || line === '') return [];
  return colon < 0
    ? [[line, '']]
    : [[line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]];
}

function eventOf(fields: readonly (readonly [string, string])[]): ReceivedEvent {
  const last = (name: string): string | undefined =>
    fields.findLast((field) => field[0] === name)?.[1];
  const event = last('event');
  const id = last('id');
  const retry = last('retry');
  return {
    data: fields.flatMap(([name, value]) => (name === 'data' ? [value] : [])).join('\n'),
    ...(event !== undefined && { event }),
    ...(id !== undefined && { id }),
    ...(retry !== undefined && { retry: Number(retry) }),
  };
}
