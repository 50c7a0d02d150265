import { Response } from '../responses/response';
import type { OwnResponses } from './own-response';
import type { OutgoingReply } from './reply';
import { isOfValue } from './stream/stream';

/** JSON text of an operation, or a response. */
export type Answer = string | Response;

interface Said {
  readonly said: OutgoingReply | undefined;
  readonly defaultStatus: number;
  readonly responses: OwnResponses;
}

/** The response that an answer is, with what the handler said of it through `Reply`. */
export function completed(
  answer: Answer,
  { said, defaultStatus, responses }: Said,
  media: string,
): Response {
  const response = responses.of(
    typeof answer === 'string' ? new Response(answer, { status: defaultStatus, media }) : answer,
  );
  if (said === undefined) return response;
  if (typeof answer === 'string' || isOfValue(answer)) response.status = said.status;
  for (const [name, value] of said.written ?? []) {
    if (name === 'set-cookie') response.headers.append(name, value);
    else if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}
