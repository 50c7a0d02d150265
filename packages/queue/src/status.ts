import type { Db } from 'pg-boss';
import { HTTPException, type int, type uuid } from 'vivace';
import { BY_ID, rowsOf, SCHEMA } from './rows';

/**
 * How a job is, for an operation that answers it: the one that added the job gave `202` and the id.
 *
 * @example
 * \@Get('/jobs/:id')
 * read(id: uuid): Promise<JobStatus> {
 *   return this.jobs.status(id);
 * }
 */
export class JobStatus {
  id!: uuid;
  /** The name of the job. */
  job!: string;
  state!: 'waiting' | 'running' | 'retrying' | 'done' | 'dead' | 'cancelled';
  /** Tries that were begun. */
  attempts!: int;
  /** 0 to 1, as the job has said. */
  progress!: number | null;
  /** What `run` gave. */
  result!: unknown;
  /** What the last try failed with. */
  error!: string | null;
  createdAt!: Date;
  endedAt!: Date | null;
}

/** What a try has left: what `run` gave, or what it failed with. */
export interface Output {
  readonly result?: unknown;
  readonly message?: string;
}

interface StatusRow {
  readonly id: uuid;
  readonly job: string;
  readonly state: keyof typeof STATES;
  readonly attempts: int;
  readonly progress: number | null;
  /** JSON. */
  readonly output: string | null;
  /** Milliseconds since 1970, whatever the pool makes of instants. */
  readonly created: string;
  readonly ended: string | null;
}

const STATES = {
  created: 'waiting',
  retry: 'retrying',
  active: 'running',
  completed: 'done',
  failed: 'dead',
  cancelled: 'cancelled',
} as const;

/** @throws HTTPException 404 */
export async function readStatus(db: Db, id: uuid): Promise<JobStatus> {
  const [row] = await rowsOf<StatusRow>(
    db,
    `select id, name as job, state, retry_count + (started_on is not null)::int as attempts,
      (select part from ${SCHEMA}.job_progress p where p.id = $1) as progress,
      output::text as output, extract(epoch from created_on) * 1000 as created,
      extract(epoch from completed_on) * 1000 as ended
      from ${SCHEMA}.job where ${BY_ID}`,
    [id],
  );
  if (row === undefined) throw new HTTPException(404, 'Job not found');
  const output = row.output === null ? {} : (JSON.parse(row.output) as Output);
  const state = STATES[row.state];
  return Object.assign(new JobStatus(), {
    id: row.id,
    job: row.job,
    state,
    attempts: row.attempts,
    progress: row.progress,
    result: state === 'done' ? (output.result ?? null) : null,
    error: state === 'done' ? null : (output.message ?? null),
    createdAt: new Date(Number(row.created)),
    endedAt: row.ended === null ? null : new Date(Number(row.ended)),
  });
}
