import { dependency } from 'vivace';
import { shapeOf, workOf } from 'vivace/extend';
import type { TestClient } from 'vivace/testing';
import { DatabaseAccess } from '@vivace/sql';
import type { EventClass } from './event/event';
import { eventOf } from './event/event-text';
import { Events, SessionEvents } from './publish/events';
import { outboxRows } from './publish/outbox';

export { brokerContract } from './broker/broker-contract';

/**
 * The events of a class that this client's requests have published, committed ones only, in their
 * order; also those that were delivered.
 *
 * @param client made by `testClient`
 * @example expect(await published(client, OrderPlaced)).toMatchObject([{ id }]);
 */
export async function published<T extends object>(
  client: Pick<TestClient, 'server'>,
  type: EventClass<T>,
): Promise<readonly T[]> {
  const { topic, name } = eventOf(type);
  const events = await client.server.run(
    dependency({ events: Events, database: DatabaseAccess }, async ({ events, database }) => {
      if (!(events instanceof SessionEvents))
        throw new TypeError('The events of this client are not those of events({ … }).');
      return [...events.outlet.delivered, ...(await outboxRows(database.pool, 1_000_000))];
    }),
  );
  return events
    .filter((event) => event.topic === topic && event.headers['event-type'] === name)
    .map(({ value }) => shapeOf(type).parse(JSON.parse(value)) as T);
}

/**
 * Delivers all that waits, also what handlers publish, and further tries without waiting for them.
 *
 * @param client made by `testClient`
 * @throws what a handler failed with at last
 * @example
 * await client.post('/orders/', { json: order });
 * await deliver(client);
 */
export async function deliver(client: object): Promise<void> {
  await (await workOf(client, 'events')).idle();
}
