/** Commands that wait on the server; those that read streams only with BLOCK. */
const BLOCKING: ReadonlySet<string> = new Set([
  'blmove',
  'blmpop',
  'blpop',
  'brpop',
  'brpoplpush',
  'bzmpop',
  'bzpopmax',
  'bzpopmin',
  'wait',
  'waitaof',
]);
const STREAMS: ReadonlySet<string> = new Set(['xread', 'xreadgroup']);

/** Whether a command would hold up all that come after it on its connection. */
export function isBlocking(name: string, args: readonly unknown[]): boolean {
  const lower = name.toLowerCase();
  return (
    BLOCKING.has(lower) ||
    (STREAMS.has(lower) && args.some((arg) => String(arg).toUpperCase() === 'BLOCK'))
  );
}
