import type { ItemWriters } from '../../compile/runtime';
import type { ResponsePlan } from '../../model/model';
import { mapped, type Chunks } from '../../responses/chunks';
import type { Response } from '../../responses/response';
import { EVENT, ServerSentEvent } from '../../responses/server-sent-event';
import { StreamingResponse } from '../../responses/streaming-response';

type ResponseType = new (content: unknown, options: { readonly status: number }) => Response;

const made = new WeakSet<Response>();

/** Whether a response was made of a value that a handler gave: then `Reply` has a say in it. */
export function isOfValue(response: Response): boolean {
  return made.has(response);
}

/** Gives a response that was made of a value the status and the media type that the handler names. */
export function sayOfValue(
  response: Response,
  { status, written }: { readonly status: number; readonly written: Headers | undefined },
): void {
  response.status = status;
  const type = written?.get('content-type');
  if (type != null) response.headers.set('content-type', type);
}

/** The response of a class that a handler's value becomes. */
export function valueResponse(Type: Function, content: unknown, status: number): Response {
  return madeOfValue(new (Type as ResponseType)(content, { status }));
}

/** Notes that a response was made of a value that a handler gave. */
export function madeOfValue(response: Response): Response {
  made.add(response);
  return response;
}

/** The response that the items of a generator become: JSON Lines, events, or chunks as they are. */
export function streamResponse(
  items: unknown,
  { kind, type, status, media }: ResponsePlan,
  write: ItemWriters,
): Response {
  const chunks = items as Chunks<unknown>;
  if (type !== undefined && kind === 'events')
    return valueResponse(
      type,
      mapped(chunks, (item) => eventOf(item, write)),
      status,
    );
  if (type !== undefined && kind === 'chunks') return valueResponse(type, chunks, status);
  const lines = mapped(chunks, (item) => lineOf(write.item(item)));
  return madeOfValue(new StreamingResponse(lines, { status, media: media ?? 'application/jsonl' }));
}

function lineOf(text: string | Promise<string>): string | Promise<string> {
  return typeof text === 'string' ? `${text}\n` : text.then((ready) => `${ready}\n`);
}

async function eventOf(item: unknown, write: ItemWriters): Promise<ServerSentEvent<unknown>> {
  if (!(item instanceof ServerSentEvent))
    return new ServerSentEvent({ raw: await write.item(item) });
  const { data } = item as ServerSentEvent<unknown>;
  if (data === undefined) return item;
  return new ServerSentEvent({ ...item[EVENT], raw: await write.data(data) });
}
