import { Pool } from 'pg';
import { dependency, type Vivace } from 'vivace';
import { deadGroup, deadTopic, leftOf, type Broker, type Outgoing } from '../broker/broker';
import { subscribersOf } from '../consume/definition';
import { GROUP_HEADER } from '../consume/handling';
import { OpenEvents } from '../open-events';
import { PostgresBroker } from '../postgres/postgres-broker';
import type { Report } from './commands';

/** How many are listed of each topic. */
const LISTED = 100;

/** A line for each dead letter of a group. */
export function deadLetters(application: Vivace, group: string): Promise<Report> {
  return withGroup(application, group, async (broker, topics) => {
    const letters = await Promise.all(
      topics.map((topic) => broker.waiting(deadGroup(group), deadTopic(topic, group), LISTED)),
    );
    const time = ({ headers }: Outgoing): string => headers['dead-time'] ?? '';
    const lines = letters
      .flat()
      .toSorted((a, b) => time(a).localeCompare(time(b)))
      .map(lineOf);
    return { lines: lines.length === 0 ? ['No event is dead.'] : lines };
  });
}

/** Gives them to the group that they died in, with the id of the event, and forgets them. */
export function replay(application: Vivace, group: string): Promise<Report> {
  return withGroup(application, group, async (broker, topics) => {
    const came = new Set<string>();
    let handled = 0;
    const reading = await broker.consume({
      group: deadGroup(group),
      topics: topics.map((topic) => deadTopic(topic, group)),
      from: 'earliest',
      concurrency: 1,
      handle: async (letter) => {
        const event = `${letter.topic}/${letter.id}`;
        // One that has died again meanwhile is kept: it would come and die for ever.
        await broker.send([came.has(event) ? letter : revived(letter, group)]);
        came.add(event);
        handled += 1;
      },
    });
    try {
      const letters = (await leftOf(reading)) + handled;
      const isOver = async (): Promise<boolean> =>
        handled >= letters || (await leftOf(reading)) === 0;
      while (!(await isOver())) await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await reading.stop();
    }
    const count = came.size;
    return {
      lines: [`${count} ${count === 1 ? 'event comes' : 'events come'} to ${group} again.`],
    };
  });
}

function lineOf({ id, key, headers }: Outgoing): string {
  const words = [
    headers['dead-time'] ?? '',
    headers['dead-topic'] ?? '',
    headers['event-type'] ?? '',
    id,
    key,
    `${headers['dead-attempts']} tries`,
    headers['dead-error'] ?? '',
  ];
  // What an error says may be anything, also what moves the cursor.
  return words.map((word) => word.replaceAll(/\p{Cc}+/gu, ' ')).join('  ');
}

function revived({ id, key, value, headers }: Outgoing, group: string): Outgoing {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('dead-'));
  return {
    id,
    topic: headers['dead-topic']!,
    key,
    value,
    headers: { ...Object.fromEntries(kept), [GROUP_HEADER]: group },
  };
}

/** With the broker of the program, open. */
async function withGroup(
  application: Vivace,
  name: string,
  work: (broker: Broker, topics: readonly string[]) => Promise<Report>,
): Promise<Report> {
  const server = await application.build();
  try {
    return await server.run(
      dependency({ open: OpenEvents }, async ({ open }) => {
        const group = open.groups.find((one) => one.group === name);
        if (group === undefined) return { lines: [unknown(name, open)], failed: true };
        const pool = new Pool({ connectionString: open.database.directUrl, max: 2 });
        pool.on('error', () => undefined);
        const broker = open.broker ?? new PostgresBroker(pool);
        try {
          await broker.open(subscribersOf([group]), { info: () => undefined, warn: console.error });
          return await work(broker, group.topics);
        } finally {
          await broker.close();
          await pool.end();
        }
      }),
    );
  } finally {
    await server.close();
  }
}

function unknown(name: string, { groups }: OpenEvents): string {
  return `There is no group '${name}'; there is ${groups.map(({ group }) => group).join(', ') || 'none'}.`;
}
