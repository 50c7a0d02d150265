import { isMainThread, threadId } from 'node:worker_threads';
import { TooLarge } from './errors.js';

enum Unit {
  Byte = 1,
  Kilo = 1024,
}

export function total(numbers: readonly number[]): { readonly total: number } {
  return { total: numbers.reduce((sum, each) => sum + each, 0) };
}

export async function kilobytes(count: number): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve));
  return count * Unit.Kilo;
}

export const thread = (): { readonly isMain: boolean; readonly id: number } => ({
  isMain: isMainThread,
  id: threadId,
});

export function refuse(size: number): never {
  throw new TooLarge(size, { cause: new RangeError('more than there is') });
}

export function fail(what: 'range' | 'text' | 'private' | 'system'): never {
  class Private extends TooLarge {
    override readonly name = 'Private';
  }
  switch (what) {
    case 'range':
      throw new RangeError('out of range');
    case 'text':
      // oxlint-disable-next-line no-throw-literal
      throw 'only a text';
    case 'private':
      throw new Private(1);
    case 'system':
      throw Object.assign(new Error('no such file'), { code: 'ENOENT', open: () => {} });
  }
}

/** Works until its thread is stopped. */
export function endless(started: SharedArrayBuffer, signal?: AbortSignal): boolean {
  const view = new Int32Array(started);
  Atomics.store(view, 0, signal === undefined ? 1 : 2);
  Atomics.notify(view, 0);
  for (;;);
}

/** What is no function is not there. */
export const LIMIT = 3;
