import { dirname, join } from 'node:path';
import { getCallSites } from 'node:util';
import { Piscina } from 'piscina';

let pool: Piscina | undefined;
const WORKER = join(
  dirname(require.resolve('vivace/package.json')),
  'dist',
  'process',
  'offload-worker.js',
);

/**
 * Runs a function on another thread, so that work for the processor does not hold up other requests.
 *
 * The text of the function goes there: it sees its arguments and what it imports itself, nothing around it.
 * What it imports by a relative path is looked for beside the file that calls `offload`.
 *
 * @param call the function; it may be asynchronous
 * @param args what `structuredClone` can copy; its result is copied too
 * @returns what the function gives; rejects with what it throws
 * @throws TypeError for a function without text (native or bound)
 * @example
 * const small = await offload(async (path: string) => {
 *   const { shrink } = await import('./images.js');
 *   return shrink(path, 200);
 * }, 'cat.png');
 */
export async function offload<A extends readonly unknown[], R>(
  call: (...args: A) => R,
  ...args: A
): Promise<Awaited<R>> {
  const caller = getCallSites(2, { sourceMap: false })[1];
  const text = Function.prototype.toString.call(call);
  if (text.endsWith('{ [native code] }')) {
    throw new TypeError(
      `offload(${call.name}): a native or bound function has no text; write an arrow function that calls it.`,
    );
  }
  pool ??= new Piscina({ filename: WORKER, minThreads: 0, idleTimeout: 10_000 });
  return (await pool.run({
    text,
    args,
    name: call.name,
    file: caller?.scriptName ?? '',
    line: caller?.lineNumber ?? 1,
  })) as Awaited<R>;
}
