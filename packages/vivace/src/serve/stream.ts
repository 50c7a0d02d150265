import { responseClassFacts } from '../declare/response-class';
import type { ResponsePlan } from '../model/model';
import type { Response } from '../responses/response';
import { ServerSentEvent } from '../responses/server-sent-event';
import { StreamingResponse } from '../responses/streaming-response';

type Items = AsyncIterable<unknown> | Iterable<unknown>;
type StreamType = new (content: Items, options: { status: number }) => Response;

/** The response that the items of a generator become: JSON Lines, events, or chunks as they are. */
export function streamResponse(items: unknown, plan: ResponsePlan, write: (item: unknown) => string): Response {
  const Type = plan.type as StreamType | undefined;
  if (Type !== undefined && plan.kind === 'events') return new Type(eventsOf(items as Items, write), { status: plan.status });
  if (Type !== undefined && plan.kind === 'chunks') return new Type(items as Items, { status: plan.status });
  return new StreamingResponse(linesOf(items as Items, write), { status: plan.status, media: plan.media ?? 'application/jsonl' });
}

/** Whether a response is sent piece by piece. */
export function isStreaming(answer: unknown): boolean {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    (answer instanceof StreamingResponse || responseClassFacts(answer.constructor)?.stream !== undefined)
  );
}

async function* linesOf(items: Items, write: (item: unknown) => string): AsyncGenerator<string, void, undefined> {
  for await (const item of items) yield `${write(item)}\n`;
}

async function* eventsOf(items: Items, write: (item: unknown) => string): AsyncGenerator<unknown, void, undefined> {
  for await (const item of items) yield item instanceof ServerSentEvent ? item : (JSON.parse(write(item)) as unknown);
}
