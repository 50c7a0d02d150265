/** Where sessions, rate limits and caches keep their data. Each call does its work as a whole: of two at once one comes first. */
export interface Store {
  /** Whether all processes of the application see the same data; unless it says so, an application of several workers refuses to start. */
  readonly shared?: boolean;
  get(key: string): Promise<string | undefined>;
  /** Keeps a value, for some seconds or until it is deleted. */
  set(key: string, value: string, options?: { seconds?: number }): Promise<void>;
  /** Keeps a value in the place of the one that is there; gives false, and keeps nothing, where there is none. */
  replace(key: string, value: string, options?: { seconds?: number }): Promise<boolean>;
  /** Keeps a value where there is none; gives false, and leaves the one that is there, where there is. */
  setIfAbsent(key: string, value: string, options?: { seconds?: number }): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** Adds to a counter that is forgotten some seconds after it was begun; gives the sum and the seconds left. */
  increment(
    key: string,
    by: number,
    seconds: number,
  ): Promise<{ readonly value: number; readonly seconds: number }>;
}
