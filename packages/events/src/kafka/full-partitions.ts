import type { Consumer, FetchOptions } from '@platformatic/kafka';

export type TextConsumer = Consumer<string, string, string, string>;

type Options = FetchOptions<string, string, string, string>;
type FetchResponse = Awaited<ReturnType<TextConsumer['fetch']>>;
type Done = (error: Error | null, response?: FetchResponse) => void;

/** Milliseconds that a broker looks for something new while a partition is left out: it is asked for with the next fetch. */
const SHORT_WAIT = 50;

/** What a broker answers that has nothing new. */
const NOTHING: FetchResponse = {
  throttleTimeMs: 0,
  errorCode: 0,
  sessionId: 0,
  responses: [],
  nodeEndpoints: [],
};

/** Partitions of a consumer that it fetches nothing of: the client itself pauses all of a stream, or none. */
export class FullPartitions {
  readonly #places = new Set<string>();
  /** Fetches that nothing is left of: they wait for a partition that is full no more. */
  readonly #held = new Set<() => void>();

  constructor(consumer: TextConsumer) {
    const fetch = consumer.fetch.bind(consumer) as (options: Options, done: Done) => void;
    const selective = (options: Options, done: Done): void => {
      if (this.#places.size === 0) return fetch(options, done);
      consumer.metadata({ topics: consumer.topics.current }, (error, metadata) => {
        if (error !== null || metadata === undefined) return done(error);
        const names = new Map([...metadata.topics].map(([name, { id }]) => [id, name]));
        const topics = options.topics.flatMap((topic) => {
          const isLeft = ({ partition }: { partition: number }): boolean =>
            !this.#places.has(placeOf({ topic: names.get(topic.topicId) ?? '', partition }));
          const partitions = topic.partitions.filter(isLeft);
          return partitions.length === 0 ? [] : [{ ...topic, partitions }];
        });
        if (topics.length === 0) this.#held.add(() => done(null, NOTHING));
        else fetch({ ...options, topics, maxWaitTime: SHORT_WAIT }, done);
      });
    };
    consumer.fetch = selective as TextConsumer['fetch'];
  }

  add(place: string): void {
    this.#places.add(place);
  }

  delete(place: string): void {
    if (!this.#places.delete(place)) return;
    const held = [...this.#held];
    this.#held.clear();
    for (const goOn of held) goOn();
  }
}

/** The name of a partition in this process. */
export function placeOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}/${partition}`;
}
