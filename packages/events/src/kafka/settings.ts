import type { Secret } from 'vivace';

/** What `kafka()` is told. */
export interface KafkaOptions {
  /** `host:port`. @default `KAFKA_BROKERS`, separated by commas */
  readonly brokers?: readonly string[];
  /** @default 'vivace' */
  readonly clientId?: string;
  /** @default `KAFKA_USERNAME`, `KAFKA_PASSWORD` and `KAFKA_MECHANISM` (PLAIN), where they are set */
  readonly sasl?: {
    readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
    readonly username: string;
    readonly password: Secret;
  };
  /** @default whether `KAFKA_TLS` is `true` */
  readonly tls?: boolean;
  /** Partitions (6) and copies (3, or as many as there are brokers) of topics that `vivace events topics --create` makes. */
  readonly topics?: { readonly partitions?: number; readonly replicas?: number };
  /** Bytes of one event; a larger one fails in `publish`. @default 1,000,000 */
  readonly maxMessage?: number;
}

/** Milliseconds. */
const TIMES = { connect: 1000, request: 5000, send: 2000, pause: 200, session: 6000, beat: 1000 };

type Variables = Readonly<Record<string, string | undefined>>;

/** What the clients of the library are made with; tried against a broker that is down, frozen and back. */
export function clientOptions(options: KafkaOptions, env: Variables = process.env) {
  const brokers = options.brokers ?? env['KAFKA_BROKERS']?.split(',') ?? [];
  const sasl = saslOf(options, env);
  return {
    clientId: options.clientId ?? 'vivace',
    bootstrapBrokers: brokers.map((one) => one.trim()).filter((one) => one !== ''),
    connectTimeout: TIMES.connect,
    requestTimeout: TIMES.request,
    retries: 2,
    retryDelay: TIMES.pause,
    ...(sasl !== undefined && { sasl }),
    ...((options.tls ?? env['KAFKA_TLS'] === 'true') && { tls: {} }),
  };
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

function saslOf(
  { sasl }: KafkaOptions,
  env: Variables,
):
  | { mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'; username: string; password: string }
  | undefined {
  if (sasl !== undefined) return { ...sasl, password: sasl.password.reveal() };
  const username = env['KAFKA_USERNAME'];
  if (username === undefined || username === '') return undefined;
  const mechanism = (env['KAFKA_MECHANISM'] ?? 'PLAIN') as 'PLAIN';
  return { mechanism, username, password: env['KAFKA_PASSWORD'] ?? '' };
}
