import { channel } from 'node:diagnostics_channel';
import { reportGauges, type Gauge } from 'vivace/extend';

/** What `@vivace/events` tells every ten seconds. */
interface EventsMeasure {
  readonly waiting: number;
  readonly lag: readonly {
    readonly group: string;
    readonly topic: string;
    /** Undefined where the broker has none. */
    readonly partition?: number;
    readonly lag: number;
  }[];
}

/**
 * Tells how many events wait, as they were counted last.
 *
 * @returns ends it
 */
export function countEvents(): () => void {
  let last: EventsMeasure | undefined;
  const hear = (message: unknown): void => void (last = message as EventsMeasure);
  channel('vivace:events').subscribe(hear);
  const told = reportGauges(() => (last === undefined ? [] : gaugesOf(last)));
  return () => {
    channel('vivace:events').unsubscribe(hear);
    told[Symbol.dispose]();
  };
}

function gaugesOf({ waiting, lag }: EventsMeasure): readonly Gauge[] {
  return [
    { name: 'events_waiting', help: 'Events that were not sent yet', value: waiting },
    ...lag.map(({ lag: value, partition, ...labels }) => ({
      name: 'events_lag',
      help: 'Events that a group has not finished',
      labels: { ...labels, ...(partition !== undefined && { partition: String(partition) }) },
      value,
    })),
  ];
}
