import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { Answer } from './answer';
import {
  CallTimeout,
  ConnectionFailed,
  UnexpectedAnswer,
  UnexpectedStatus,
  type CallName,
} from './errors';
import type { HttpSettings } from './options';

/** What is sent. */
export interface Outgoing {
  readonly name: CallName;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable | undefined;
}

/** What undici says of time; its other errors are broken connections. */
const LATE: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time for it',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within the time for it',
  UND_ERR_BODY_TIMEOUT: 'its answer stopped arriving',
};
/** The service answered, and not in HTTP; undici has an assertion for a 101 that nobody asked for. */
const GARBAGE = /^(?:HPE_|UND_ERR_RES)|^(?:UND_ERR_HEADERS_OVERFLOW|ERR_ASSERTION)$/;
/** A mistake in the call, such as a header that cannot be sent, has no code or one of these. */
const OWN = /^(?:$|ERR_(?!TLS|SSL)|UND_ERR_(?:INVALID|NOT_SUPPORTED|REQ_))/;

const FOLLOWED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const REDIRECTS = 3;

/**
 * Sends a call once, and reads its answer. Redirects are followed on the host of the service alone,
 * and by calls that change nothing: others could take its credentials elsewhere.
 *
 * @throws CallError, or the reason of the signal
 */
export async function attempt(
  dispatcher: Dispatcher,
  settings: HttpSettings,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<Answer> {
  let { path } = outgoing;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await sent(dispatcher, settings, { ...outgoing, path }, signal);
    if (answer.status >= 200 && answer.status < 300) return answer;
    const next = redirects < REDIRECTS ? redirectOf(answer, outgoing, path) : undefined;
    if (next === undefined) throw new UnexpectedStatus(outgoing.name, answer);
    path = next;
  }
}

function redirectOf(answer: Answer, { name }: Outgoing, path: string): string | undefined {
  const location = answer.headers.get('location');
  if (location === null || !FOLLOWED.has(answer.status)) return undefined;
  if (name.method !== 'GET' && name.method !== 'HEAD') return undefined;
  const target = URL.parse(location, name.origin + path);
  return target?.origin === name.origin ? target.pathname + target.search : undefined;
}

async function sent(
  dispatcher: Dispatcher,
  settings: HttpSettings,
  { name, path, headers, body }: Outgoing,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const answer = await dispatcher.request({
      origin: name.origin,
      path,
      method: name.method,
      headers,
      ...(body !== undefined && { body }),
      headersTimeout: settings.timeouts.headers,
      bodyTimeout: settings.timeouts.body,
      signal,
    });
    const bytes = await readUpTo(settings.maxSize, answer.body, name);
    return new Answer(name, answer.statusCode, headersOf(answer.headers), bytes);
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(name, error);
  }
}

async function readUpTo(limit: number, body: Readable, name: CallName): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  // What leaves the loop early closes the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit)
      throw new UnexpectedAnswer(name, `its answer is larger than ${limit} bytes (\`maxSize\`)`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(sent: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(sent))
    for (const value of [values].flat()) if (value !== undefined) headers.append(name, value);
  return headers;
}

function failureOf(name: CallName, error: unknown): unknown {
  if (error instanceof UnexpectedAnswer) return error;
  const { code, name: kind } = error as { readonly code?: unknown; readonly name?: unknown };
  const known = typeof code === 'string' ? code : '';
  const late = LATE[known];
  if (late !== undefined) return new CallTimeout(name, late, error);
  if (kind === 'HTTPParserError' || GARBAGE.test(known))
    return new UnexpectedAnswer(name, 'its answer is not HTTP', error);
  return OWN.test(known) ? error : new ConnectionFailed(name, error);
}
