import type { Pool } from 'pg';
import { deadGroup, deadTopic } from '../broker/broker';
import { SCHEMA } from '../publish/outbox';
import { startedBoss } from '../tables';
import { queueOf } from './postgres-broker';

/** A topic that the database keeps for a group, whether anybody reads it or not. */
export interface KeptTopic {
  readonly group: string;
  readonly topic: string;
}

/** What a group has of it. */
export interface KeptEvents extends KeptTopic {
  readonly waiting: number;
  readonly dead: number;
  /** Whether a process works on some of it. */
  readonly isRead: boolean;
}

/** All that is kept, also for groups that have left the program. */
export async function keptEvents(pool: Pool): Promise<readonly KeptEvents[]> {
  const { rows } = await pool.query<{ queue: string; waiting: number; read: boolean }>(
    `select s.name as queue, count(job.id)::int as waiting,
        coalesce(bool_or(job.state = 'active' and coalesce(job.heartbeat_on, job.started_on) > now() - interval '30 seconds'), false) as read
      from ${SCHEMA}.subscription s
      left join ${SCHEMA}.job job on job.name = s.name and job.state < 'completed'
      group by s.name order by s.name`,
  );
  const queues = new Map(rows.map((row) => [row.queue, row]));
  const letters = new Set(rows.map(({ queue }) => lettersOf(keptOf(queue))));
  return rows.flatMap(({ queue, waiting, read }) => {
    if (letters.has(queue)) return [];
    const kept = keptOf(queue);
    const dead = queues.get(lettersOf(kept))?.waiting ?? 0;
    return [{ ...kept, waiting, dead, isRead: read }];
  });
}

/** Those that have waited for more than an hour: somebody should have taken them. */
export async function leftTopics(pool: Pool): Promise<readonly KeptTopic[]> {
  const { rows } = await pool.query<{ queue: string }>(
    `select s.name as queue from ${SCHEMA}.subscription s where exists (
        select from ${SCHEMA}.job where name = s.name and state < 'completed'
          and created_on < now() - interval '1 hour')
      order by s.name`,
  );
  return rows.map(({ queue }) => keptOf(queue)).filter((kept) => !isLetters(kept));
}

/** The database keeps nothing more of these topics for their groups, and what it has is gone. */
export async function forgetTopics(pool: Pool, topics: readonly KeptTopic[]): Promise<void> {
  const boss = await startedBoss(pool);
  try {
    for (const kept of topics)
      for (const queue of [queueOf(kept.topic, kept.group), lettersOf(kept)]) {
        // First, so that nothing comes any more.
        await pool.query(`delete from ${SCHEMA}.subscription where name = $1`, [queue]);
        await boss.deleteQueue(queue);
      }
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
}

function keptOf(queue: string): KeptTopic {
  const [topic = '', group = ''] = queue.split('/');
  return { topic, group };
}

/** The queue of its dead letters. */
function lettersOf({ topic, group }: KeptTopic): string {
  return queueOf(deadTopic(topic, group), deadGroup(group));
}

function isLetters({ topic, group }: KeptTopic): boolean {
  return group.endsWith('.dead') && topic.endsWith(`.${group}`);
}
