import type { Store } from 'vivace/middleware';

const fails = (): Promise<never> => Promise.reject(new Error('connection lost'));

/** A store whose server cannot be reached. */
export const failingStore: Store = {
  get: fails,
  set: fails,
  replace: fails,
  setIfAbsent: fails,
  delete: fails,
  increment: fails,
};
