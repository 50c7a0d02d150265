import { HTTPException } from 'vivace';

/** Redis did not do what it was asked for: it is away, or does not answer in time. Unhandled in an operation: 503 with `Retry-After: 1`. */
export class RedisDown extends HTTPException {
  constructor(cause: unknown) {
    const { message } = cause as Error;
    super(503, undefined, { cause, headers: { 'retry-after': '1' } });
    this.message = `Redis did not answer: ${message}`;
    this.name = 'RedisDown';
  }
}

const LATER =
  /^(?:OOM|READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|BUSY|UNBLOCKED)\b/;
const BROKEN =
  /^(?:Stream isn't writeable|Command timed out|Connection is closed|Socket |Cluster isn't ready|Too many Cluster redirections)/;
const NAMES: ReadonlySet<string> = new Set([
  'MaxRetriesPerRequestError',
  'AbortError',
  'ClusterAllFailedError',
]);

/** Whether a command failed because of the server, not because of what it asks for. */
export function isDown(error: Error): boolean {
  const { name, message } = error;
  if (error instanceof RedisDown || NAMES.has(name)) return true;
  return name === 'ReplyError' ? LATER.test(message) : BROKEN.test(message) || 'errno' in error;
}
