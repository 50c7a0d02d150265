import type { ListenOptions } from '../declare/options/application-options';
import type { Server } from '../declare/server';
import { closeWithProcess } from './signals';
import { removeStaleSocket } from './stale-socket';
import { listenError } from './listen-error';

/** Makes a server listen: 127.0.0.1 and `PORT` or 8000 unless the options say otherwise. */
export async function listenOn(
  server: Server,
  {
    host = '127.0.0.1',
    http = true,
    port = http ? portOfEnvironment('PORT', 8000) : portOfEnvironment('WORK_PORT', 8001),
    socket,
    signal,
    handleSignals = true,
  }: ListenOptions,
): Promise<void> {
  try {
    if (socket !== undefined) await removeStaleSocket(socket);
    await server.fastify.listen(socket === undefined ? { host, port } : { path: socket });
  } catch (error) {
    await server.close();
    throw listenError(error, { host, port, socket });
  }
  if (signal !== undefined)
    signal.addEventListener('abort', () => void server.close(), { once: true });
  if (handleSignals) closeWithProcess(server);
}

function portOfEnvironment(name: string, usual: number): number {
  const text = process.env[name] ?? String(usual);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new RangeError(`${name} is '${text}': it has to be a number from 0 to 65535.`);
  return port;
}
