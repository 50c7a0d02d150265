import type { Writable } from 'node:stream';
import type { ClientBase } from 'pg';

/** What `pg` knows of a connection and its types do not say. */
interface Connected extends ClientBase {
  readonly connection: { readonly stream: Writable };
}

/** What is sent to the server in this turn of the event loop leaves in one packet: packets cost more than statements. */
export function together<T extends ClientBase>(client: T): T {
  const { stream } = (client as unknown as Connected).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
  return client;
}
