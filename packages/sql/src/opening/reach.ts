import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { SqlBootError } from '../boot-error';
import { placeOf } from './target';

/** What a server says of itself when it is reached. */
export interface ServerFacts {
  readonly maxConnections: number;
  readonly clusterName: string;
}

/** Milliseconds between two tries. */
const PAUSE = 200;
/** Codes of a server, or of a name of one, that is not there yet. */
const NOT_YET: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P03',
]);

/**
 * Waits for a server, which may be starting beside the program.
 *
 * @param startup milliseconds to try
 * @param connect milliseconds that one try may take
 * @throws SqlBootError with the host and the reason, never the password
 */
export async function reach(
  url: string,
  { startup, connect }: { readonly startup: number; readonly connect: number },
): Promise<ServerFacts> {
  const deadline = Date.now() + startup;
  for (;;) {
    try {
      return await ask(url, connect);
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string };
      const isLater = NOT_YET.has(code) || message.startsWith('timeout expired');
      if (!isLater || Date.now() + PAUSE >= deadline) throw unreachable(url, error);
    }
    await setTimeout(PAUSE);
  }
}

async function ask(url: string, connect: number): Promise<ServerFacts> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: connect,
    query_timeout: connect,
    application_name: 'vivace start',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ max: string; name: string }>(
      `select current_setting('max_connections') as max, current_setting('cluster_name') as name`,
    );
    return { maxConnections: Number(rows[0]!.max), clusterName: rows[0]!.name };
  } finally {
    await client.end().catch(() => undefined);
  }
}

function unreachable(url: string, cause: unknown): SqlBootError {
  // Several addresses of one name fail with an error that has no text of its own.
  const { message, code = '' } = cause as { message: string; code?: string };
  return new SqlBootError(
    'DATABASE_UNREACHABLE',
    placeOf(url),
    `It cannot be reached: ${message === '' ? code : message}.`,
    'the address of a server that runs, in DATABASE_URL',
    { cause },
  );
}
