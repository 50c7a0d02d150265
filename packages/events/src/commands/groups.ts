import type { Pool } from 'pg';
import { dependency, type Vivace } from 'vivace';
import { isReadBy } from '../consume/left-groups';
import { OpenEvents } from '../open-events';
import { forgetTopics, keptEvents, type KeptEvents } from '../postgres/kept-groups';
import type { Report } from './commands';

/** A line for each topic that the database keeps for a group. */
export function listGroups(application: Vivace): Promise<Report> {
  return withKept(application, ({ broker, groups }, kept) => {
    const lines = kept.map((one) => {
      const whose = isReadBy(groups, one) ? [] : ['of no consumer of this program'];
      return [one.group, one.topic, countsOf(one), ...whose].join('  ');
    });
    if (broker !== undefined)
      lines.push(`${broker.name} carries events, and forgets by itself where a group was.`);
    return { lines: lines.length === 0 ? ['The database keeps events for no group.'] : lines };
  });
}

/** Forgets what the database keeps for a group, of the topics that no consumer of the program reads. */
export function forgetGroup(application: Vivace, name: string): Promise<Report> {
  return withKept(application, async ({ groups }, kept, pool) => {
    const own = kept.filter(({ group }) => group === name);
    if (own.length === 0) {
      const names = [...new Set(kept.map(({ group }) => group))].join(', ') || 'none';
      return refused(`The database keeps events for no group '${name}'; there is ${names}.`);
    }
    const left = own.filter((one) => !isReadBy(groups, one));
    if (left.length === 0)
      return refused(`A consumer of this program has the group '${name}': it would come back.`);
    const read = left.find(({ isRead }) => isRead);
    if (read !== undefined)
      return refused(`A process handles events of '${read.topic}' for the group '${name}'.`);
    await forgetTopics(pool, left);
    return { lines: left.map((one) => `${name}  ${one.topic}  ${countsOf(one)}  forgotten`) };
  });
}

function countsOf({ waiting, dead }: KeptEvents): string {
  return `${waiting} waiting, ${dead} dead`;
}

function refused(line: string): Report {
  return { lines: [line], failed: true };
}

async function withKept(
  application: Vivace,
  work: (open: OpenEvents, kept: readonly KeptEvents[], pool: Pool) => Report | Promise<Report>,
): Promise<Report> {
  const server = await application.build();
  try {
    return await server.run(
      dependency({ open: OpenEvents }, async ({ open }) => {
        const { pool } = open.database;
        return work(open, await keptEvents(pool), pool);
      }),
    );
  } finally {
    await server.close();
  }
}
