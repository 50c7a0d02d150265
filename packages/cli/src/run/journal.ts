import { hostname } from 'node:os';
import { dim, yellow, error as red } from '../terminal/style';

const LEVELS = { info: 30, warn: 40, error: 50 } as const;
const FOR_PEOPLE = { info: dim, warn: yellow, error: red } as const;

export const STOPPING = 'stopping: requests may end; a second signal stops at once';

/** Says what the supervisor does: to people on a terminal, elsewhere in JSON lines among those of the workers. */
export function journal(level: keyof typeof LEVELS, msg: string): void {
  if (process.stdout.isTTY) console.log(FOR_PEOPLE[level](msg));
  else
    console.log(
      JSON.stringify({
        level: LEVELS[level],
        time: Date.now(),
        pid: process.pid,
        hostname: hostname(),
        msg,
      }),
    );
}
