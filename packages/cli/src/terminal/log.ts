import { hostname } from 'node:os';
import { dim, yellow, error as red } from './style';

const LEVELS = { info: 30, warn: 40, error: 50 } as const;
const ON_TERMINAL = { info: dim, warn: yellow, error: red } as const;

/** What a server logs when the first signal has come. */
export const STOPPING = 'stopping: requests may end; a second signal stops at once';

/**
 * Logs what the command does while a program serves: coloured lines on a terminal, elsewhere JSON
 * lines as the program logs them.
 */
export function log(level: keyof typeof LEVELS, msg: string): void {
  if (process.stdout.isTTY) return console.log(ON_TERMINAL[level](msg));
  const { pid } = process;
  console.log(
    JSON.stringify({ level: LEVELS[level], time: Date.now(), pid, hostname: hostname(), msg }),
  );
}
