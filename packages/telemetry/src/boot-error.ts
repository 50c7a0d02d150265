import { BootError } from 'vivace/extend';

/** Every error of this package that a program can meet before it listens; `docs/telemetry-errors.md` shows each with its cure. */
export const TELEMETRY_BOOT_ERRORS = {
  TELEMETRY_ENDPOINT: 'It is not known where traces are sent to.',
  TELEMETRY_OPTION: 'An option of the telemetry is out of its bounds.',
  SENTRY_MISSING: 'Errors go to Sentry, whose package is not installed.',
} as const satisfies Readonly<Record<string, string>>;

export type TelemetryBootErrorCode = keyof typeof TELEMETRY_BOOT_ERRORS;

/** What is wrong with a program and its telemetry, found before it listens. */
export class TelemetryBootError extends BootError<TelemetryBootErrorCode> {}
