import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { jsonable, RequestValidationError, type Of, type Type } from 'vivace';
import { shapeOf } from 'vivace/extend';
import { pathOf, type QueryValues, type Value } from './address';
import type { Answer } from './answer';
import { attempt, type Outgoing } from './attempt';
import type { Circuit, Ended } from './circuit';
import {
  CallError,
  CallTimeout,
  CircuitOpen,
  UnexpectedAnswer,
  UnexpectedStatus,
  type CallName,
} from './errors';
import { mistakeIn } from './headers';
import { milliseconds, type HttpSettings } from './options';
import { mayRepeat, pauseAfter, paused, type Repeatable } from './retries';

/** What one call sends, and how long it may take. */
export interface CallOptions {
  /** What stands for the parts of the path: `/charges/:id`. */
  readonly params?: Readonly<Record<string, Value>>;
  readonly query?: QueryValues;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value that is sent as JSON; DTOs with their aliases. */
  readonly json?: unknown;
  /** The body as it is; a stream is never sent twice. */
  readonly body?: string | Uint8Array | Readable;
  /** Sent as `idempotency-key`, so that also a POST may be tried again. */
  readonly idempotencyKey?: string;
  /** Seconds for the whole call, in place of those of the client. */
  readonly timeout?: number;
  /** Ends the call, with its reason: `request.signal` where nobody waits for it any more. */
  readonly signal?: AbortSignal;
}

/** What a client makes its calls with. */
export interface Calling {
  readonly settings: HttpSettings;
  readonly dispatcher: Dispatcher;
  readonly circuit: Circuit | undefined;
}

/**
 * Makes a call, as often as it may be made.
 *
 * @throws CallError, or the reason of its signal
 */
export async function call(
  calling: Calling,
  method: string,
  path: string,
  options: CallOptions,
): Promise<Answer> {
  try {
    return await repeated(calling, method, path, options);
  } catch (error) {
    // Where it was not sent nobody has closed it, and a file would stay open.
    if (options.body instanceof Readable) options.body.destroy();
    throw error;
  }
}

async function repeated(
  calling: Calling,
  method: string,
  path: string,
  options: CallOptions,
): Promise<Answer> {
  const { settings } = calling;
  const name: CallName = { method, origin: settings.base.origin, path };
  const outgoing = outgoingOf(settings, name, options);
  const repeatable = repeatableOf(method, options);
  const whole = AbortSignal.timeout(wholeTime(settings, options));
  const signal = options.signal === undefined ? whole : AbortSignal.any([whole, options.signal]);
  try {
    for (let number = 1; ; number += 1) {
      try {
        return await guarded(calling, outgoing, signal);
      } catch (error) {
        if (number > settings.retries.limit || !mayRepeat(repeatable, error)) throw error;
        const pause = pauseAfter(error, number, settings.retries.maxPause);
        if (pause === undefined) throw error;
        await paused(pause, signal);
      }
    }
  } catch (error) {
    if (whole.aborted && error === whole.reason)
      throw new CallTimeout(name, 'the whole call took too long', error);
    throw error;
  }
}

/**
 * The answer as a value of a type.
 *
 * @throws UnexpectedAnswer that names the field
 */
export function typed<const X extends Type>(answer: Answer, type: X, name: CallName): Of<X> {
  try {
    return shapeOf(type).read(answer.text()) as Of<X>;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UnexpectedAnswer(name, `its answer of ${answer.status} is not JSON`);
    if (!(error instanceof RequestValidationError)) throw error;
    // Not the error itself, which a client would be told of as a mistake of its own.
    const seen = error.issues.map(({ loc, msg }) => `${loc.join('.') || 'it'}: ${msg}`).join('; ');
    throw new UnexpectedAnswer(name, `its answer does not fit: ${seen}`);
  }
}

async function guarded(
  { circuit, dispatcher, settings }: Calling,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<Answer> {
  const ended = begin(circuit, outgoing.name);
  try {
    const answer = await attempt(dispatcher, settings, outgoing, signal);
    ended(false);
    return answer;
  } catch (error) {
    ended(isFailure(error, signal));
    throw error;
  }
}

function begin(circuit: Circuit | undefined, name: CallName): Ended {
  const ended = circuit?.begin() ?? (() => undefined);
  if (typeof ended === 'number') throw new CircuitOpen(name, Math.ceil(ended / 1000));
  return ended;
}

/** Whether it speaks against the service; undefined where it says nothing, as a mistake of the caller. */
function isFailure(error: unknown, signal: AbortSignal): boolean | undefined {
  if (error instanceof UnexpectedStatus) return error.answer.status >= 500;
  if (error instanceof CallError) return true;
  // That the time of the whole call was up counts against the service, that its caller left does not.
  return signal.aborted && (signal.reason as Error | undefined)?.name === 'TimeoutError'
    ? true
    : undefined;
}

function outgoingOf(settings: HttpSettings, name: CallName, options: CallOptions): Outgoing {
  const { params, query, headers, json, body, idempotencyKey } = options;
  if (json !== undefined && body !== undefined)
    throw new TypeError(`${name.method} ${name.path} has both \`json\` and \`body\`.`);
  if (!isBody(body))
    throw new TypeError(
      `The \`body\` of ${name.method} ${name.path} is no text, bytes or stream: a value is \`json\`, a form the text of URLSearchParams with its content-type.`,
    );
  const wrong = headers === undefined ? undefined : mistakeIn(headers);
  if (wrong !== undefined)
    throw new TypeError(
      `The \`headers\` of ${name.method} ${name.path}: ${wrong.name === undefined ? 'it' : `'${wrong.name}'`} ${wrong.seen}.`,
    );
  if (idempotencyKey === '')
    throw new TypeError(`The \`idempotencyKey\` of ${name.method} ${name.path} is empty.`);
  return {
    name,
    path: pathOf(settings.base, name.path, params, query),
    headers: {
      accept: 'application/json',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...lowerCase(settings.headers),
      ...lowerCase(headers),
    },
    body: json === undefined ? body : JSON.stringify(jsonable(json)),
  };
}

/** What JavaScript passes may be anything, of which undici says nothing that helps. */
function isBody(body: unknown): boolean {
  const isPlain = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  return isPlain || body instanceof Readable;
}

function wholeTime({ timeouts }: HttpSettings, { timeout }: CallOptions): number {
  if (timeout === undefined) return timeouts.whole;
  if (timeout >= 0) return milliseconds(timeout);
  throw new TypeError(`The \`timeout\` of a call is ${timeout}: it is seconds, from 0.`);
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function repeatableOf(method: string, { body, idempotencyKey }: CallOptions): Repeatable {
  const streams = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  return { method, idempotencyKey, streams };
}
