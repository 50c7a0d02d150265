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
  const id = headers['event-id'];
  return {
    id: id ?? `${topic}/${partition}/${offset}`,
    topic,
    key: (key as string | undefined) ?? '',
    value: (value as string | undefined) ?? '',
    headers:
      id === undefined
        ? { 'event-time': new Date(Number(timestamp)).toISOString(), ...headers }
        : headers,
  };
}
