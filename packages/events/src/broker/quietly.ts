/** Milliseconds between two errors that are told: without its server each part meets one a second. */
const QUIET_TIME = 30_000;

/** Tells of the first error, and of another one only after a while. */
export function quietly(tell: (error: unknown) => void): (error: unknown) => void {
  let until = 0;
  return (error) => {
    const now = performance.now();
    if (now < until) return;
    until = now + QUIET_TIME;
    tell(error);
  };
}
