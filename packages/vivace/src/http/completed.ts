import { CONTENT, Response, type Content } from '../responses/response';
import type { OwnResponses } from './own-response';
import type { OutgoingReply } from './reply';
import { isOfValue, sayOfValue } from './stream/stream';

/** JSON text of an operation, or a response. */
export type Answer = string | Response;

interface Said {
  readonly said: OutgoingReply | undefined;
  readonly defaultStatus: number;
  readonly responses: OwnResponses;
}

/** The response that an answer is, with what the handler said of it through `Reply`. */
export function completed(answer: Answer, said: Said, media: string): Response {
  return saying(
    said.responses.of(typeof answer === 'string' ? responseOf(answer, said, media) : answer),
    answer,
    said,
  );
}

/** The same to look at: what is said of it stays with the look. */
export function lookedAt(answer: Answer, said: Said, media: string): Response {
  return saying(
    typeof answer === 'string' ? responseOf(answer, said, media) : new Look(answer),
    answer,
    said,
  );
}

function responseOf(text: string, { defaultStatus }: Said, media: string): Response {
  return new Response(text, { status: defaultStatus, media });
}

function saying(response: Response, answer: Answer, { said }: Said): Response {
  if (said === undefined) return response;
  if (typeof answer === 'string' || isOfValue(answer)) sayOfValue(response, said);
  for (const [name, value] of said.written ?? []) {
    if (name === 'set-cookie') response.headers.append(name, value);
    else if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}

/** A response with the content of another one. */
class Look extends Response {
  readonly #of: Response;

  constructor(of: Response) {
    super(undefined, { status: of.status });
    for (const [name, value] of of.headers) this.headers.append(name, value);
    this.#of = of;
  }

  override [CONTENT](): Content {
    return this.#of[CONTENT]();
  }
}
