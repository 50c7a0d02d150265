import type { Outgoing } from '../broker/broker';

/** Events that are sent together. */
export interface Portion {
  readonly events: readonly Outgoing[];
  readonly bytes: number;
}

/** What a record has beside its texts, and a header beside its own. */
const FRAME = 40;

/**
 * Divides a batch, in its order: a broker takes a message and all that goes to its partition with it as
 * one, which has to be no larger than a message may be.
 */
export function portionsOf(batch: readonly Outgoing[], most: number): readonly Portion[] {
  const portions: Portion[] = [];
  let events: Outgoing[] = [];
  let bytes = 0;
  for (const event of batch) {
    const size = sizeOf(event);
    if (events.length > 0 && bytes + size > most) {
      portions.push({ events, bytes });
      [events, bytes] = [[], 0];
    }
    events.push(event);
    bytes += size;
  }
  return [...portions, { events, bytes }];
}

function sizeOf({ key, value, headers }: Outgoing): number {
  const texts = [key, value, ...Object.entries(headers).flat()];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), FRAME + 8 * texts.length);
}
