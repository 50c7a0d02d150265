import { lstatSync, rmSync } from 'node:fs';
import { connect } from 'node:net';

/** Removes the socket that a process has left which died: nobody listens on it any more. Pipes of Windows go by themselves. */
export async function removeStaleSocket(path: string): Promise<void> {
  if (
    process.platform === 'win32' ||
    lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true
  )
    return;
  if (await isRefused(path)) rmSync(path);
}

function isRefused(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = connect(path, () => {
      client.destroy();
      resolve(false);
    });
    client.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'));
  });
}
