/** Says on a terminal what takes a while, for as long as it does. Standard output is for the result. */
export function progress(
  what: string,
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): Disposable {
  if (!stream.isTTY) return { [Symbol.dispose]: () => {} };
  stream.write(`${what} …`);
  return { [Symbol.dispose]: () => void stream.write('\r\u001B[2K') };
}
