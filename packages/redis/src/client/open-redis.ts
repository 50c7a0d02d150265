import type { FastifyBaseLogger } from 'fastify';
import type { Redis as Client } from 'ioredis';
import { RedisBootError } from '../boot-error';
import type { Settings } from '../settings';
import { addressOf, clusterOf, shownAddress } from './address';
import { ClusterConnection } from './cluster-connection';
import { Connection } from './connection';
import { Listener } from './listener';

/** Redis, as all parts of an application use it. */
export interface OpenRedis {
  readonly client: Client;
  readonly listener: Listener;
  readonly settings: Settings;
  readonly log: () => FastifyBaseLogger | undefined;
}

export interface OpeningOptions {
  readonly patience: number;
  readonly giveUp?: ((error: RedisBootError) => void) | undefined;
  readonly log: OpenRedis['log'];
}

const throwIt = (error: RedisBootError): never => {
  throw error;
};

/**
 * Connects, but waits for no server that is away: it is looked for as long as the process runs.
 *
 * @param options.patience milliseconds after which it is given up where it was never reached, unless it is optional
 * @param options.giveUp ends the process by default: the error is one that nobody catches
 * @throws RedisBootError REDIS_URL_INVALID
 */
export async function openRedis(
  url: string,
  settings: Settings,
  { patience, giveUp = throwIt, log }: OpeningOptions,
): Promise<OpenRedis & AsyncDisposable> {
  const cluster = clusterOf(url);
  const connected =
    cluster === undefined
      ? new Connection(addressOf(url), settings)
      : new ClusterConnection(cluster, settings);
  // Both have all commands; what else they have differs.
  const client = connected as Client;
  let reason = 'nobody answers';
  client.on('error', (error: Error & { readonly code?: string }) => {
    reason = error.message === '' ? (error.code ?? reason) : error.message;
  });
  const late = setTimeout(() => {
    if (!settings.optional) giveUp(unreachable(url, reason));
  }, patience);
  late.unref();
  client.once('ready', () => clearTimeout(late));
  client.on(
    'close',
    tellOnce(client, log, () => reason),
  );
  await reached(client, settings.connect + settings.command);
  const listener = new Listener(connected, settings);
  return {
    client,
    listener,
    settings,
    log,
    async [Symbol.asyncDispose]() {
      clearTimeout(late);
      client.disconnect();
    },
  };
}

/** Settles when it is there, or was not within some milliseconds. */
async function reached(client: Client, milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const late = setTimeout(resolve, milliseconds);
  client.once('close', resolve);
  client.connect().then(resolve, () => undefined);
  await promise;
  clearTimeout(late);
  client.off('close', resolve);
}

/** One line when it goes, one when it is back. */
function tellOnce(client: Client, log: OpenRedis['log'], reason: () => string): () => void {
  let away = false;
  return () => {
    if (away) return;
    away = true;
    // Where the program ends the connection itself, nobody comes back.
    setImmediate(() => {
      if (client.status !== 'end') log()?.warn(`Redis is away (${reason()}), and looked for`);
    });
    client.once('ready', () => {
      away = false;
      log()?.info('Redis is back');
    });
  };
}

function unreachable(url: string, reason: string): RedisBootError {
  return new RedisBootError(
    'REDIS_UNREACHABLE',
    { member: shownAddress(url) },
    `It was not reached in the first 30 seconds: ${reason}.`,
    'the address of a server that runs, in REDIS_URL; or redis({ optional: true }) for a program that does without',
  );
}
