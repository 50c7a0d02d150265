import { checkEvents } from '../consume/checks';
import { knownEvents } from '../event/event';
import { topicsOf } from '../broker/topics';
import { brokerOf, declaredGroups, namedBroker } from '../declared';
import type { Report } from './commands';

/** The topics of the program, without a server: one would not start where they are missing. */
export async function listTopics(create: boolean): Promise<Report> {
  checkEvents(knownEvents());
  const topics = topicsOf(declaredGroups());
  const broker = namedBroker() ?? (await brokerOf(process.env));
  if (broker === undefined)
    return { lines: [...topics, 'PostgreSQL carries them, where nothing has to be made.'] };
  try {
    const missing = new Set(await broker.missing(topics));
    if (create) await broker.create([...missing]);
    const made = create ? 'made' : 'missing';
    return {
      lines: topics.map((topic) => `${topic}  ${missing.has(topic) ? made : 'there'}`),
      failed: !create && missing.size > 0,
    };
  } finally {
    await broker.close();
  }
}
