/**
 * Shows on a terminal what the command is busy with, until it is disposed. It uses standard error,
 * because standard output is for the result.
 */
export function progress(
  what: string,
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): Disposable {
  if (!stream.isTTY) return { [Symbol.dispose]: () => {} };
  stream.write(`${what} …`);
  return { [Symbol.dispose]: () => void stream.write('\r\u001B[2K') };
}
