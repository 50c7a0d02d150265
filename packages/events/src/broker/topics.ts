import { EventsBootError } from '../boot-error';
import { deadTopic, type Broker } from './broker';
import type { DeclaredGroup } from '../declared';
import { knownEvents } from '../event/event';

/** Every topic that a program needs: those of its events, and those of dead letters. */
export function topicsOf(groups: readonly DeclaredGroup[]): readonly string[] {
  const dead = groups.flatMap(({ group, topics }) => topics.map((one) => deadTopic(one, group)));
  return [...new Set([...knownEvents().map(({ topic }) => topic), ...dead])].toSorted();
}

/**
 * Checks that a broker has what a program needs.
 *
 * @param when `boot`: a broker that does not answer is no mistake of the program, whose events wait
 * @throws EventsBootError TOPIC_MISSING, MARKS_TOO_SHORT
 */
export async function checkTopics(
  broker: Broker,
  groups: readonly DeclaredGroup[],
  days: number,
  when: 'boot' | 'work',
): Promise<void> {
  const topics = topicsOf(groups);
  let missing: readonly string[];
  let kept: number;
  try {
    missing = await broker.missing(topics);
    const read = groups.flatMap((group) => group.topics);
    kept = missing.length > 0 || read.length === 0 ? 0 : await broker.retention(read);
  } catch (error) {
    if (when === 'boot') return;
    throw error;
  }
  if (missing.length > 0)
    throw new EventsBootError(
      'TOPIC_MISSING',
      'events()',
      `${broker.name} has no topic ${missing.map((topic) => `'${topic}'`).join(', ')}.`,
      'vivace events topics --create, before the program starts',
    );
  if (kept > days)
    throw new EventsBootError(
      'MARKS_TOO_SHORT',
      'events({ keep })',
      `Topics keep events for ${Math.ceil(kept)} days, and that they were handled is kept for ${days}.`,
      `keep: { days: ${Math.ceil(kept)} }`,
    );
}
