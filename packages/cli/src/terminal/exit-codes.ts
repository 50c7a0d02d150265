/** Exit codes, as `vivace --help` documents them. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;
