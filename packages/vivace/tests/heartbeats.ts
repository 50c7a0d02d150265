/** Between two heartbeats, in milliseconds. */
const INTERVAL = 30_000;

/** Lets a test say when hearts beat, so that nothing depends on how busy the machine is; for servers that listen after this. */
export function heartbeats(): { next(): void } & Disposable {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
    ],
  });
  return {
    next: () => jest.advanceTimersByTime(INTERVAL),
    [Symbol.dispose]: () => jest.useRealTimers(),
  };
}
