import type { IncomingMessage } from 'node:http';
import { timedOut } from './errors';

/** Whoever waits for a body. */
export interface Reading {
  readonly isWaiting: boolean;
  end(error: unknown): void;
}

const READING = Symbol('vivace.reading');
/** A request whose body is being read. */
type Read = IncomingMessage & { [READING]?: Reading };

export function noteReading(message: IncomingMessage, reading: Reading): void {
  (message as Read)[READING] = reading;
}

/** Ends the waiting for a body: its time is up; false where nobody waits. */
export function endArrival(message: IncomingMessage): boolean {
  const reading = (message as Read)[READING];
  if (reading?.isWaiting !== true) return false;
  reading.end(timedOut());
  return true;
}
