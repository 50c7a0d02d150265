import { PgBoss } from 'pg-boss';
import { bigintIn, checkRoundTrip } from 'vivace/extend';
import { PRIORITIES } from './add-options';
import { QueueBootError, type QueueBootErrorCode } from './boot-error';
import type { JobDefinition } from './definition';
import { SCHEMA } from './rows';

/** What PostgreSQL and the pages of the dashboard take; also below the longest key of an index. */
const NAME = /^[\w.\-/]{1,120}$/;
const DAY = 86_400;

/** The bounds of the options that are numbers; all are whole. */
const BOUNDS = {
  retries: [0, 1000],
  maxDelay: [1, 30 * DAY],
  timeout: [1, DAY],
  concurrency: [1, 100],
  priority: PRIORITIES,
} as const;

/**
 * Checks what the decorators of jobs have said, before anything is opened.
 *
 * @throws QueueBootError
 */
export function checkDefinitions(definitions: readonly JobDefinition[]): void {
  const names = new Map<string, string>();
  for (const definition of definitions) {
    const { name, type } = definition.facts;
    const other = names.get(name);
    names.set(name, type.name);
    if (other !== undefined)
      throw refused(
        definition,
        'JOB_TWICE',
        `${other} has the name '${name}' too.`,
        `@Job({ name: '${name}2' })`,
      );
    if (!NAME.test(name) || name.startsWith('__'))
      throw refused(
        definition,
        'JOB_NAME',
        `'${name}' is not made of letters, digits, '.', '-', '/' and '_' alone, begins with '__', or is too long.`,
        "@Job({ name: 'send-invoice' })",
      );
    checkNumbers(definition);
    checkSchedule(definition);
    checkPayload(definition);
    checkResult(definition);
  }
}

function checkNumbers(definition: JobDefinition): void {
  for (const [option, [least, most]] of Object.entries(BOUNDS)) {
    const value = definition.facts[option as keyof typeof BOUNDS];
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    const seen = `${option} is ${value}, and has to be a whole number from ${least} to ${most}.`;
    throw refused(definition, 'JOB_OPTION', seen, `@Job({ ${option}: ${least} })`);
  }
}

/** What pg-boss would also take: seconds, and rules of calendars. */
const FIELDS = /^(?:\S+\s+){4}\S+$/;

function checkSchedule(definition: JobDefinition): void {
  const { schedule, entry } = definition;
  if (schedule === undefined) return;
  const { expression, timeZone } = schedule;
  if (!FIELDS.test(expression.trim()))
    throw refused(definition, 'CRON_INVALID', `'${expression}' has not five fields.`, CRON);
  if (entry.payload !== null)
    throw refused(definition, 'CRON_INVALID', 'The clock gives no payload.', 'run() without one');
  const times = nextTimes(expression, timeZone);
  if (times instanceof Error || times.length === 0) {
    const why = times instanceof Error ? times.message : 'that day never comes';
    throw refused(
      definition,
      'CRON_INVALID',
      `'${expression}' in '${timeZone}' is no time: ${why}.`,
      CRON,
    );
  }
}

const CRON = "@Cron('0 3 * * *', { timeZone: 'Europe/Berlin' })";

/** Asks who will run it; nothing is connected to. */
function nextTimes(cron: string, tz: string): readonly Date[] | Error {
  try {
    return new PgBoss({ schema: SCHEMA }).previewSchedule(cron, { tz, count: 1 });
  } catch (error) {
    return error as Error;
  }
}

/** What is kept and read again has to come back equal. */
function checkPayload(definition: JobDefinition): void {
  const { payload } = definition.entry;
  if (payload === null) return;
  checkRoundTrip(payload);
  const field = bigintIn(payload);
  if (field === undefined) return;
  throw refused(definition, 'JOB_PAYLOAD', bigintSeen(field, 'payload'), 'int, or a text');
}

function checkResult(definition: JobDefinition): void {
  const { result } = definition.entry;
  const field = result === null ? undefined : bigintIn(result);
  if (field === undefined) return;
  throw refused(definition, 'JOB_RESULT', bigintSeen(field, 'result'), 'int, or a text');
}

const bigintSeen = (field: string, of: string): string =>
  `'${field}' of its ${of} is a bigint, and numbers of JSON end at 2 to the power of 53.`;

function refused(
  { facts }: JobDefinition,
  code: QueueBootErrorCode,
  seen: string,
  write: string,
): QueueBootError {
  return new QueueBootError(code, `class ${facts.type.name}`, seen, write);
}
