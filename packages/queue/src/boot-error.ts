import { BootError } from 'vivace/extend';

/** Every error of this package that a program can meet before it listens; `docs/queue-errors.md` shows each with its cure. */
export const QUEUE_BOOT_ERRORS = {
  JOB_MISSING: 'A class is listed as a job that is none.',
  JOB_NAME: 'The name of a job cannot be kept.',
  JOB_TWICE: 'Two jobs have one name.',
  JOB_OPTION: 'An option of a job is out of its bounds.',
  CRON_INVALID: 'Nobody can tell when a job runs by the clock.',
  JOB_PAYLOAD: 'A payload would not come back as it was added.',
  JOB_RESULT: 'A result would not be kept as it was given.',
  DASHBOARD_OPEN: 'The dashboard of jobs has no guard.',
  JOB_TABLES: 'The database has no tables of jobs, or those of another version.',
} as const satisfies Readonly<Record<string, string>>;

export type QueueBootErrorCode = keyof typeof QUEUE_BOOT_ERRORS;

/** What is wrong with a program and its jobs, found before it listens. */
export class QueueBootError extends BootError<QueueBootErrorCode> {}
