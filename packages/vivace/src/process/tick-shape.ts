import { executionAsyncResource } from 'node:async_hooks';

const kept: object[] = [];

/**
 * Keeps `process.nextTick` fast, which Node calls ten times for each request.
 *
 * Node writes what it queues as a literal with computed names, whose shape V8 remembers only while one of them is alive: a collection
 * that finds none makes each later call cost six times as much, for the rest of the process. So one of them is kept.
 */
export function keepTickShape(): void {
  if (kept.length === 0) process.nextTick(() => kept.push(executionAsyncResource()));
}
