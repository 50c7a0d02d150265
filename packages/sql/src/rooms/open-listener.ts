import { statementClient } from '../connection/client';
import { limitsOf } from '../connection/pool';
import type { DatabaseSettings } from '../opening/options';
import { Listener, type ListenerOptions } from './listener';

/** Milliseconds without a word after which the system asks whether the server is there. */
const SILENCE = 10_000;

/**
 * Opens a connection that listens, past a proxy of connections.
 *
 * @param name what the server calls it
 * @throws DatabaseDown
 */
export function openListener(
  directUrl: string,
  { timeouts }: Pick<DatabaseSettings, 'timeouts'>,
  name: string,
  hearing: Pick<ListenerOptions, 'channel' | 'onNotification' | 'onBroken'>,
): Promise<Listener> {
  const ListeningClient = statementClient([directUrl], () => undefined);
  return Listener.open({
    ...hearing,
    patience: timeouts.connect,
    connection: () =>
      new ListeningClient({
        application_name: name,
        connectionTimeoutMillis: timeouts.connect,
        keepAlive: true,
        keepAliveInitialDelayMillis: SILENCE,
        ...limitsOf(timeouts),
      }),
  });
}

/** What `DatabaseAccess` has to listen. */
export function listening(directUrl: string, settings: Pick<DatabaseSettings, 'timeouts'>) {
  return (channel: string, heard: (payload: string) => void): Promise<AsyncDisposable> =>
    openListener(directUrl, settings, `vivace ${channel}`, {
      channel,
      onNotification: heard,
      onBroken: () => undefined,
    });
}
