import type { TimeInput } from '@opentelemetry/api';

/** Milliseconds by which the clock of the machine may be another than that of the process. */
const DRIFT = 2;

let offset = Date.now() - performance.now();

/** Milliseconds since 1970 with fractions: the clock of the machine only says whole ones. */
export const now = (): number => wallAt(performance.now());

/** The same for what the clock of the process says now. */
export function wallAt(elapsed: number): number {
  const wall = Date.now();
  if (Math.abs(elapsed + offset - wall) > DRIFT) offset = wall - elapsed;
  return elapsed + offset;
}

/** A time as the interface of OpenTelemetry lets a program say it, in milliseconds since 1970. */
export function timeOf(time: TimeInput): number {
  if (Array.isArray(time)) return time[0] * 1000 + time[1] / 1e6;
  if (typeof time !== 'number') return time.getTime();
  // Small numbers are those of `performance.now()`.
  return time <= performance.now() ? time + offset : time;
}
