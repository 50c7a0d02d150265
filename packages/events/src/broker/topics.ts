import { EventsBootError } from '../boot-error';
import { deadTopic, type Broker, type TopicLimits } from './broker';
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
 * @throws EventsBootError TOPIC_MISSING, MARKS_TOO_SHORT, MESSAGE_LIMIT
 */
export async function checkTopics(
  broker: Broker,
  groups: readonly DeclaredGroup[],
  days: number,
  when: 'boot' | 'work',
): Promise<void> {
  const topics = topicsOf(groups);
  let missing: readonly string[];
  let limits: readonly TopicLimits[];
  try {
    missing = await broker.missing(topics);
    limits = missing.length > 0 || topics.length === 0 ? [] : await broker.limits(topics);
  } catch (error) {
    if (when === 'boot' && !(error instanceof EventsBootError)) return;
    throw error;
  }
  if (missing.length > 0)
    throw new EventsBootError(
      'TOPIC_MISSING',
      'events()',
      `${broker.name} has no topic ${missing.map((topic) => `'${topic}'`).join(', ')}.`,
      'vivace events topics --create, before the program starts',
    );
  const read = new Set(groups.flatMap((group) => group.topics));
  const kept = Math.max(0, ...limits.filter((one) => read.has(one.topic)).map((one) => one.days));
  if (kept > days)
    throw new EventsBootError(
      'MARKS_TOO_SHORT',
      'events({ keep })',
      `Topics keep events for ${Math.ceil(kept)} days, and that they were handled is kept for ${days}.`,
      `keep: { days: ${Math.ceil(kept)} }`,
    );
  const small = limits.toSorted((a, b) => a.bytes - b.bytes)[0];
  if (small !== undefined && small.bytes < broker.maxMessage)
    throw new EventsBootError(
      'MESSAGE_LIMIT',
      'events()',
      `The topic '${small.topic}' takes events of ${small.bytes} bytes at most, and \`publish\` takes them up to ${broker.maxMessage}: a larger one would hold back its topic.`,
      `kafka({ maxMessage: ${small.bytes} }), or a larger max.message.bytes of the topic`,
    );
}
