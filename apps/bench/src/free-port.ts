import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port on which nobody listens: below those that the system gives to clients, so that it is still
 * free when what listened on it comes back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
