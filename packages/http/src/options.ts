import type { Dispatcher } from 'undici';
import { checkNumbers } from 'vivace/extend';
import { HttpBootError } from './boot-error';
import { mistakeIn } from './headers';

/** How long parts of a call may take, in seconds. */
export interface CallTimeouts {
  /**
   * Until there is a connection.
   * @default 3
   */
  readonly connect?: number;
  /**
   * From the request to the headers of its answer.
   * @default 10
   */
  readonly headers?: number;
  /**
   * Between two pieces of the body of the answer.
   * @default 10
   */
  readonly body?: number;
  /**
   * The whole call, with all its tries and the pauses between them.
   * @default 30
   */
  readonly whole?: number;
}

/** When a call is tried again. */
export interface RetryOptions {
  /**
   * Tries after the first; 0: none.
   * @default 2
   */
  readonly limit?: number;
  /**
   * Seconds of the longest pause. A service that asks for a longer one by `Retry-After` is not asked again.
   * @default 5
   */
  readonly maxPause?: number;
}

/** When a service is left alone. */
export interface CircuitOptions {
  /**
   * The part of the tries that fails, 0 to 1.
   * @default 0.5
   */
  readonly failures?: number;
  /**
   * How many tries tell.
   * @default 10
   */
  readonly tries?: number;
  /**
   * Seconds in which they are counted.
   * @default 10
   */
  readonly window?: number;
  /**
   * Seconds for which it is left alone; then one call tries it.
   * @default 5
   */
  readonly pause?: number;
}

/** A service that is called, and how. */
export interface HttpClientOptions {
  /** Where it is: `https://pay.example.org/v2`. No call leaves this host. */
  readonly baseUrl?: string | URL;
  /** Seconds; a number is that of the whole call. */
  readonly timeout?: number | CallTimeouts;
  /** A number is that of the tries after the first; 0: none. */
  readonly retries?: number | RetryOptions;
  /** False: none. */
  readonly circuit?: false | CircuitOptions;
  /** Sent with each call, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Connections at a time; further calls wait for one of them.
   * @default 100
   */
  readonly connections?: number;
  /**
   * Bytes of the largest answer.
   * @default 10 MiB
   */
  readonly maxSize?: number;
  /** What sends the calls: a `MockAgent` of undici in tests. A pool of its own by default. */
  readonly dispatcher?: Dispatcher;
}

/** The options with their defaults; times in milliseconds. */
export interface HttpSettings {
  readonly base: URL;
  readonly timeouts: Readonly<Record<keyof CallTimeouts, number>>;
  readonly retries: { readonly limit: number; readonly maxPause: number };
  readonly circuit: Readonly<Record<keyof CircuitOptions, number>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly maxSize: number;
}

/** The longest time of a timer of Node; a longer one would be over at once. */
const LONGEST = 2 ** 31 - 1;
const MEBIBYTE = 1024 * 1024;

/**
 * @param name of the class, for messages
 * @throws BootError OPTION_NUMBER, HttpBootError HTTP_BASE_URL, HTTP_OPTION
 */
export function settingsOf(name: string, options: HttpClientOptions): HttpSettings {
  const { timeout = {}, retries = {}, circuit = {}, headers = {} } = options;
  const { connections = 100, maxSize = 10 * MEBIBYTE } = options;
  const times = typeof timeout === 'number' ? { whole: timeout } : timeout;
  const { connect = 3, headers: head = 10, body = 10, whole = 30 } = times;
  const { limit = 2, maxPause = 5 } = typeof retries === 'number' ? { limit: retries } : retries;
  const { failures = 0.5, tries = 10, window = 10, pause = 5 } = circuit === false ? {} : circuit;
  checkNumbers(
    { type: name, member: 'options' },
    { connect, headers: head, body, whole, maxPause, failures, tries, window, pause },
    { limit },
  );
  checkNumbers({ type: name, member: 'options' }, { connections, maxSize });
  if (failures > 1)
    throw new HttpBootError(
      'HTTP_OPTION',
      `${name}.options(circuit.failures)`,
      `It is ${failures}, and is a part of the tries: the circuit would never open.`,
      'failures: 0.5, or circuit: false',
    );
  const wrong = mistakeIn(headers);
  if (wrong !== undefined)
    throw new HttpBootError(
      'HTTP_OPTION',
      `${name}.options(${wrong.name === undefined ? 'headers' : `headers.${wrong.name}`})`,
      `It ${wrong.seen}.`,
      'headers: { authorization: `Bearer ${key.trim()}` }; what is read from a file may end with a line break',
    );
  return {
    base: baseOf(name, options.baseUrl),
    timeouts: {
      connect: milliseconds(connect),
      headers: milliseconds(head),
      body: milliseconds(body),
      whole: milliseconds(whole),
    },
    retries: { limit, maxPause: milliseconds(maxPause) },
    circuit:
      circuit === false
        ? undefined
        : { failures, tries, window: milliseconds(window), pause: milliseconds(pause) },
    headers,
    connections,
    maxSize,
  };
}

/** Of seconds, as timers take them. */
export function milliseconds(seconds: number): number {
  return Math.min(Math.ceil(seconds * 1000), LONGEST);
}

function baseOf(name: string, given: string | URL | undefined): URL {
  const base = URL.parse(String(given ?? ''));
  if (base !== null && /^https?:$/.test(base.protocol) && isPlain(base)) return base;
  throw new HttpBootError(
    'HTTP_BASE_URL',
    name,
    given === undefined
      ? 'Nothing says where the service is.'
      : 'Its address is not that of a service over HTTP, or has a name, a password, a query or a fragment in it.',
    "httpClient({ baseUrl: 'https://pay.example.org/v2' }), and `headers` for what is secret",
  );
}

/** What stands in an address ends in logs. */
function isPlain({ username, password, search, hash }: URL): boolean {
  return username + password + search + hash === '';
}
