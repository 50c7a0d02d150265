import { deepEqual, equal } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { leftOf, type Broker, type Outgoing } from './broker';
import { Trial } from './trial';

type Contract = Readonly<Record<string, () => Promise<void>>>;

/**
 * The checks that everything has to pass that carries events, by name.
 *
 * @param create gives a broker that is not open; all that it gives see the same topics
 * @example
 * for (const [name, check] of Object.entries(brokerContract(() => new MyBroker()))) it(name, check);
 */
export function brokerContract(create: () => Broker | Promise<Broker>): Contract {
  const check =
    (run: (trial: Trial) => Promise<void>): (() => Promise<void>) =>
    async () => {
      await using trial = new Trial(create);
      await run(trial);
    };
  return {
    'every group gets every event, as it was sent': check(async (trial) => {
      const broker = await trial.open('ann', 'bob');
      const ann = await trial.consume(broker, 'ann');
      const bob = await trial.consume(broker, 'bob');
      const sent = trial.event('k', 1, { 'event-type': 'Täst 🎈', traceparent: '00-1-2-01' });
      await broker.send([sent]);
      await until(() => ann.events.length === 1 && bob.events.length === 1);
      deepEqual(ann.events, [{ ...sent, attempt: 1 }]);
      deepEqual(bob.events, ann.events);
    }),
    'events of one key are handled in the order in which they were sent, one after the other':
      check(async (trial) => {
        const broker = await trial.open('ann');
        const running = new Set<string>();
        const overlaps: string[] = [];
        const ann = await trial.consume(broker, 'ann', async ({ key }) => {
          if (running.has(key)) overlaps.push(key);
          running.add(key);
          await setTimeout(1);
          running.delete(key);
        });
        const keys = ['a', 'b', 'ü'.repeat(300)];
        for (let batch = 0; batch < 5; batch += 1)
          await broker.send(
            Array.from({ length: 30 }, (_, at) => trial.event(keys[at % 3]!, batch * 30 + at)),
          );
        await until(() => ann.events.length === 150);
        deepEqual(overlaps, []);
        for (const key of keys) {
          const numbers = ann.events.filter((event) => event.key === key).map(numberOf);
          deepEqual(
            numbers,
            numbers.toSorted((a, b) => a - b),
          );
          equal(numbers.length, 50);
        }
      }),
    'events of different keys are handled at the same time, as many as the group says': check(
      async (trial) => {
        const broker = await trial.open('ann');
        const gate = Promise.withResolvers<void>();
        let most = 0;
        let running = 0;
        const ann = await trial.consume(broker, 'ann', async () => {
          most = Math.max(most, (running += 1));
          await gate.promise;
          running -= 1;
        });
        await broker.send(Array.from({ length: 10 }, (_, at) => trial.event(`k${at}`, at)));
        await until(() => running === trial.concurrency);
        gate.resolve();
        await until(() => ann.events.length === 10);
        equal(most, trial.concurrency);
      },
    ),
    'a batch of large events is stored, whatever they have together': check(async (trial) => {
      const broker = await trial.open('ann');
      const ann = await trial.consume(broker, 'ann');
      const rest = 'x'.repeat(broker.maxMessage - 1000);
      await broker.send(
        [1, 2, 3].map((number) => ({
          ...trial.event('a', number),
          value: JSON.stringify({ number, rest }),
        })),
      );
      await until(() => ann.events.length === 3);
      deepEqual(ann.events.map(numberOf), [1, 2, 3]);
    }),
    'consumers of one group share its events': check(async (trial) => {
      const broker = await trial.open('ann');
      const other = await trial.open('ann');
      const first = await trial.consume(broker, 'ann');
      const second = await trial.consume(other, 'ann');
      let sent = 0;
      // Who joined last has its share some time later.
      while (first.events.length === 0 || second.events.length === 0) {
        await broker.send(
          Array.from({ length: 12 }, () => trial.event(`k${(sent += 1) % 12}`, sent)),
        );
        await setTimeout(50);
      }
      await until(() => new Set([...first.ids, ...second.ids]).size === sent);
    }),
    'an event that failed comes again, and holds back its key alone': check(async (trial) => {
      const broker = await trial.open('ann');
      const attempts: number[] = [];
      const ann = await trial.consume(broker, 'ann', async ({ key, attempt }) => {
        if (key !== 'poison' || attempts.length >= 2) return;
        attempts.push(attempt);
        throw new Error('poison');
      });
      await broker.send([
        trial.event('poison', 1),
        trial.event('poison', 2),
        ...Array.from({ length: 20 }, (_, at) => trial.event(`k${at}`, at)),
      ]);
      await until(() => ann.events.length === 22);
      deepEqual(attempts, [1, 2]);
      const poison = ann.events.filter(({ key }) => key === 'poison');
      deepEqual(
        poison.map((event) => [numberOf(event), event.attempt]),
        [
          [1, 3],
          [2, 1],
        ],
      );
      // The others did not wait for it.
      equal(numberOf(ann.events.at(-1)!), 2);
      equal(ann.events.at(-1)!.key, 'poison');
    }),
    'what nobody has taken waits for who comes, and what was handled does not come again': check(
      async (trial) => {
        const broker = await trial.open('ann');
        const before = await trial.consume(broker, 'ann');
        await broker.send([trial.event('a', 1)]);
        await until(() => before.events.length === 1);
        await before.stop();
        await broker.send([trial.event('a', 2), trial.event('b', 3)]);
        await trial.close(broker);
        const after = await trial.consume(await trial.open('ann'), 'ann');
        await until(() => after.events.length === 2);
        deepEqual(after.events.map(numberOf).toSorted(), [2, 3]);
      },
    ),
    'a consumer that stops finishes what it has begun, and leaves the rest': check(
      async (trial) => {
        const broker = await trial.open('ann');
        const gate = Promise.withResolvers<void>();
        let begun = 0;
        const first = await trial.consume(broker, 'ann', async () => {
          begun += 1;
          await gate.promise;
        });
        await broker.send(
          Array.from({ length: 2 * trial.concurrency }, (_, at) => trial.event(`k${at}`, at)),
        );
        await until(() => begun === trial.concurrency);
        const stopped = first.stop();
        gate.resolve();
        await stopped;
        equal(first.events.length, trial.concurrency);
        const second = await trial.consume(await trial.open('ann'), 'ann');
        await until(() => second.events.length === trial.concurrency);
        equal(new Set([...first.ids, ...second.ids]).size, 2 * trial.concurrency);
      },
    ),
    'it tells how many events a group has not finished': check(async (trial) => {
      const broker = await trial.open('ann');
      const gate = Promise.withResolvers<void>();
      const ann = await trial.consume(broker, 'ann', () => gate.promise);
      await broker.send([trial.event('a', 1), trial.event('a', 2), trial.event('b', 3)]);
      await until(async () => (await leftOf(ann.consumption)) === 3);
      const parts = await ann.consumption.lag();
      deepEqual(new Set(parts.map(({ topic }) => topic)), new Set([trial.topic]));
      equal(new Set(parts.map(({ partition }) => partition)).size, parts.length);
      gate.resolve();
      await until(async () => (await leftOf(ann.consumption)) === 0);
    }),
    'it shows what waits for a group, and takes nothing': check(async (trial) => {
      const broker = await trial.open('ann');
      const sent = [1, 2, 3].map((number) => trial.event('a', number));
      await broker.send(sent);
      deepEqual(await broker.waiting(trial.group('ann'), trial.topic, 2), sent.slice(0, 2));
      const ann = await trial.consume(broker, 'ann');
      await until(() => ann.events.length === 3);
      await ann.stop();
      deepEqual(await broker.waiting(trial.group('ann'), trial.topic, 2), []);
    }),
    'it knows which topics are there': check(async (trial) => {
      const broker = await trial.open('ann');
      deepEqual(await broker.missing([trial.topic]), []);
      await broker.create([trial.topic]);
      for (const { topic, days, bytes } of await broker.limits([trial.topic]))
        deepEqual([topic, days >= 0, bytes >= broker.maxMessage], [trial.topic, true, true]);
    }),
  };
}

function numberOf({ value }: Outgoing): number {
  return (JSON.parse(value) as { number: number }).number;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(10);
}
