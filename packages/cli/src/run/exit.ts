import cluster from 'node:cluster';

/**
 * Ends a worker. Connections that the other process has just handed over go back to it first, so
 * that another worker takes them: with this process gone nobody would answer or close them.
 */
export function exit(code: number): void {
  const isReleased = cluster.worker?.exitedAfterDisconnect ?? false;
  if (isReleased || !process.connected) process.exit(code);
  process.once('disconnect', () => process.exit(code));
  cluster.worker?.disconnect();
}
