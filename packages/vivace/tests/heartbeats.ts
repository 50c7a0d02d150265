/** Between two heartbeats, in milliseconds. */
const INTERVAL = 30_000;

type Fakes = NonNullable<NonNullable<Parameters<typeof jest.useFakeTimers>[0]>['doNotFake']>;
const REAL: Fakes = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
];

/** Lets a test say when hearts beat, so that nothing depends on how busy the machine is; for servers that listen after this. */
export function heartbeats(): { next(): void } & Disposable {
  jest.useFakeTimers({ doNotFake: REAL });
  return {
    next: () => jest.advanceTimersByTime(INTERVAL),
    [Symbol.dispose]: () => jest.useRealTimers(),
  };
}
