import { HTTPException } from 'vivace';
import type { Answer } from './answer';

/** A call, as errors and logs name it: without the values in its path, and without its query. */
export interface CallName {
  readonly method: string;
  /** Of the service. */
  readonly origin: string;
  /** With the names of its parts: `/charges/:id`. */
  readonly path: string;
}

/**
 * A call that gave nothing to go on with. An operation that does not catch it answers its status
 * and no more; the log has the rest.
 */
export abstract class CallError extends HTTPException {
  /**
   * @param status what an operation answers
   * @param call which call failed
   * @param seen what happened, for the log
   */
  constructor(
    status: 502 | 503 | 504,
    readonly call: CallName,
    seen: string,
    options: ErrorOptions & { readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(status, undefined, { cause: seen, ...options });
    this.name = new.target.name;
    this.message = `${call.method} ${call.origin}${call.path}: ${seen}`;
  }
}

/** It took too long: 504. */
export class CallTimeout extends CallError {
  constructor(call: CallName, seen: string, cause?: unknown) {
    super(504, call, seen, cause === undefined ? {} : { cause });
  }
}

/** There was no connection, or it broke: 502. */
export class ConnectionFailed extends CallError {
  constructor(call: CallName, cause: unknown) {
    const { message, code } = cause as { readonly message?: string; readonly code?: string };
    // One that tried several addresses has no words of its own.
    super(502, call, message || code || 'the connection failed', { cause });
  }
}

/** The service fails too often and is left alone: 503, with `retry-after`. */
export class CircuitOpen extends CallError {
  /** @param seconds until it is tried again */
  constructor(
    call: CallName,
    readonly seconds: number,
  ) {
    const seen = `the circuit is open, it fails too often; tried again in ${seconds} s`;
    super(503, call, seen, { headers: { 'retry-after': String(seconds) } });
  }
}

/** The service answered with another status than 2xx: 502, or 503 where it said so itself. */
export class UnexpectedStatus extends CallError {
  constructor(
    call: CallName,
    /** What it answered. */
    readonly answer: Answer,
  ) {
    const { status } = answer;
    const wait = answer.headers.get('retry-after');
    const isBusy = status === 503 || status === 429;
    super(isBusy ? 503 : 502, call, `it answered ${status}`, {
      ...(isBusy && wait !== null && { headers: { 'retry-after': wait } }),
    });
    // Logs print what can be enumerated, and it holds what the service sent.
    Object.defineProperty(this, 'answer', { enumerable: false });
  }
}

/** The answer of the service is not what it should be: 502. */
export class UnexpectedAnswer extends CallError {
  constructor(call: CallName, seen: string, cause?: unknown) {
    super(502, call, seen, cause === undefined ? {} : { cause });
  }
}
