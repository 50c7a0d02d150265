import { setTimeout as pause } from 'node:timers/promises';
import { CallTimeout, ConnectionFailed, UnexpectedStatus } from './errors';

/** Methods that do the same once and twice, by RFC 9110. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
/** What may be otherwise in a moment. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
/** There was no connection, so nothing was done. */
const UNSENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Milliseconds of the first pause at most; each further one may be twice as long. */
const FIRST = 100;

/** What a call says of being repeated. */
export interface Repeatable {
  readonly method: string;
  /** Sent so that the service knows a repeated call. */
  readonly idempotencyKey?: string | undefined;
  /** Whether its body can be sent once only. */
  readonly streams: boolean;
}

/** Whether another try may help, and does not do twice what should be done once. */
export function mayRepeat(
  { method, idempotencyKey, streams }: Repeatable,
  error: unknown,
): boolean {
  if (streams) return false;
  if (isUnsent(error)) return true;
  if (!IDEMPOTENT.has(method) && idempotencyKey === undefined) return false;
  if (error instanceof UnexpectedStatus) return PASSING.has(error.answer.status);
  return error instanceof CallTimeout || error instanceof ConnectionFailed;
}

function isUnsent(error: unknown): boolean {
  if (!(error instanceof CallTimeout || error instanceof ConnectionFailed)) return false;
  return UNSENT.has((error.cause as { readonly code?: string } | undefined)?.code ?? '');
}

/**
 * Milliseconds before the next try: any time up to 100, 200, 400 …, so that callers do not come back
 * all at once; not before the service wants to be asked. Undefined: it wants too long.
 *
 * @param number that of the try that failed, from 1
 */
export function pauseAfter(error: unknown, number: number, longest: number): number | undefined {
  const some = Math.random() * Math.min(longest, FIRST * 2 ** (number - 1));
  const asked = error instanceof UnexpectedStatus ? wantedPause(error) : undefined;
  if (asked === undefined) return some;
  return asked > longest ? undefined : Math.min(longest, asked + some);
}

/** `Retry-After`: seconds, or a date. */
function wantedPause({ answer }: UnexpectedStatus): number | undefined {
  const text = answer.headers.get('retry-after');
  if (text === null) return undefined;
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** Waits; ends early with the reason of the signal. */
export async function paused(milliseconds: number, signal: AbortSignal): Promise<void> {
  // The timer's own error would hide why.
  await pause(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
