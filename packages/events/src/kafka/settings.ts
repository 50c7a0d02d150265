import type { Secret } from 'vivace';
import { EventsBootError } from '../boot-error';
import { checkNumber } from '../consume/checks';

/** How a client says who it is. */
const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
type Mechanism = (typeof MECHANISMS)[number];

/** What `kafka()` is told. */
export interface KafkaOptions {
  /** `host:port`. @default `KAFKA_BROKERS`, separated by commas */
  readonly brokers?: readonly string[];
  /** @default 'vivace' */
  readonly clientId?: string;
  /** @default `KAFKA_USERNAME`, `KAFKA_PASSWORD` and `KAFKA_MECHANISM` (PLAIN), where they are set */
  readonly sasl?: {
    readonly mechanism: Mechanism;
    readonly username: string;
    readonly password: Secret;
  };
  /**
   * Whether connections are encrypted. Certificates in PEM: `ca` of who has signed that of the broker,
   * for one that Node does not trust by itself; `cert` and `key` of the client, for a broker that asks.
   *
   * @default whether `KAFKA_TLS` is `true`
   */
  readonly tls?: boolean | { readonly ca?: string; readonly cert?: string; readonly key?: Secret };
  /** Partitions (6) and copies (3, or as many as there are brokers) of topics that `vivace events topics --create` makes. */
  readonly topics?: { readonly partitions?: number; readonly replicas?: number };
  /** Bytes of one event; a larger one fails in `publish`. @default 1,000,000 */
  readonly maxMessage?: number;
}

/** Milliseconds. */
const TIMES = { connect: 1000, request: 5000, send: 2000, pause: 200, session: 6000, beat: 1000 };

type Variables = Readonly<Record<string, string | undefined>>;

export type ClientOptions = ReturnType<typeof clientOptions>;

/**
 * What the clients of the library are made with; tried against a broker that is down, frozen and back.
 *
 * @throws EventsBootError KAFKA_SETTING, EVENT_OPTION
 */
export function clientOptions(options: KafkaOptions, env: Variables) {
  checkNumbers(options);
  const brokers = options.brokers ?? brokersOf(env);
  const wrong = brokers.find((one) => !isAddress(one));
  if (wrong !== undefined)
    throw noBrokers(options, `'${wrong}' is no address of a broker: a host, and its port.`);
  const sasl = saslOf(options, env);
  const tls = tlsOf(options, env);
  return {
    clientId: options.clientId ?? 'vivace',
    bootstrapBrokers: [...brokers],
    connectTimeout: TIMES.connect,
    requestTimeout: TIMES.request,
    retries: 2,
    retryDelay: TIMES.pause,
    ...(sasl !== undefined && { sasl }),
    ...(tls !== undefined && { tls }),
  };
}

/** @param seen what is wrong with the addresses */
export function noBrokers({ brokers }: KafkaOptions, seen: string): EventsBootError {
  const place = brokers === undefined ? 'KAFKA_BROKERS' : 'kafka({ brokers })';
  return new EventsBootError('KAFKA_SETTING', place, seen, 'one:9092,two:9092');
}

const ADDRESS = /^(?:\[[\da-f:.]+\]|[^\s:/@[\]]+)(?::(?<port>\d{1,5}))?$/i;

function isAddress(text: string): boolean {
  const found = ADDRESS.exec(text);
  return found !== null && Number(found.groups?.['port'] ?? 9092) < 65_536;
}

/** What is NaN would be no limit, without a word. */
function checkNumbers({ maxMessage = 1_000_000, topics = {} }: KafkaOptions): void {
  const { partitions = 1, replicas = 1 } = topics;
  checkNumber('kafka()', 'maxMessage', maxMessage, [1000, 1_000_000_000], true);
  checkNumber('kafka({ topics })', 'partitions', partitions, [1, 100_000], true);
  checkNumber('kafka({ topics })', 'replicas', replicas, [1, 1000], true);
}

/** Those that the environment names. */
export function brokersOf(env: Variables): readonly string[] {
  const names = env['KAFKA_BROKERS']?.split(',').map((one) => one.trim()) ?? [];
  return names.filter((one) => one !== '');
}

export const PRODUCER = { requestTimeout: TIMES.send, idempotent: true, acks: -1 } as const;

export const CONSUMER = {
  sessionTimeout: TIMES.session,
  heartbeatInterval: TIMES.beat,
  rebalanceTimeout: TIMES.session,
  // Joining waits for members that were killed: one that gave up before would be one more of them.
  requestTimeout: 2 * TIMES.session,
  maxWaitTime: 500,
  autocommit: false,
} as const;

interface Sasl {
  readonly mechanism: Mechanism;
  readonly username: string;
  readonly password: string;
}

function saslOf({ sasl }: KafkaOptions, env: Variables): Sasl | undefined {
  if (sasl !== undefined) return { ...sasl, password: sasl.password.reveal() };
  const username = env['KAFKA_USERNAME'] ?? '';
  if (username === '') return undefined;
  const password = env['KAFKA_PASSWORD'];
  if (password === undefined)
    throw new EventsBootError(
      'KAFKA_SETTING',
      'KAFKA_PASSWORD',
      'KAFKA_USERNAME is set, and it is not.',
      'both, or none of them',
    );
  return { mechanism: mechanismOf(env['KAFKA_MECHANISM'] ?? 'PLAIN'), username, password };
}

function mechanismOf(text: string): Mechanism {
  const found = MECHANISMS.find((one) => one === text);
  if (found !== undefined) return found;
  throw new EventsBootError(
    'KAFKA_SETTING',
    'KAFKA_MECHANISM',
    `It is '${text}', and ${MECHANISMS.join(', ')} are known.`,
    'KAFKA_MECHANISM=SCRAM-SHA-512',
  );
}

/** What nobody meant to leave out is not left out silently: a password would be sent for all to read. */
function tlsOf({ tls }: KafkaOptions, env: Variables) {
  if (typeof tls === 'object') return { ...tls, key: tls.key?.reveal() };
  if (tls !== undefined) return tls ? {} : undefined;
  const text = env['KAFKA_TLS'] ?? '';
  if (text === 'true') return {};
  if (text === '' || text === 'false') return undefined;
  throw new EventsBootError(
    'KAFKA_SETTING',
    'KAFKA_TLS',
    `It is '${text}', and has to be true or false.`,
    'KAFKA_TLS=true',
  );
}
