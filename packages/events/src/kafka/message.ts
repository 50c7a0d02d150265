import type { Message } from '@platformatic/kafka';
import type { Outgoing } from '../broker/broker';

export type TextMessage = Message<string, string, string, string>;

/** A message of another producer has its place as id, and the time of its record. */
export function incomingOf({
  topic,
  partition,
  offset,
  key,
  value,
  headers: sent,
  timestamp,
}: TextMessage): Outgoing {
  const headers = Object.fromEntries(sent);
  const isForeign = (headers['event-id'] ?? '') === '';
  return {
    id: isForeign ? `${topic}/${partition}/${offset}` : headers['event-id']!,
    topic,
    key: (key as string | undefined) ?? '',
    value: (value as string | undefined) ?? '',
    headers: isForeign ? { 'event-time': timeOf(timestamp), ...headers } : headers,
  };
}

/** Producers say any number. */
function timeOf(timestamp: bigint): string {
  const time = new Date(Number(timestamp));
  return (Number.isNaN(time.valueOf()) ? new Date() : time).toISOString();
}
