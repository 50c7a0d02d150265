import { dependency } from 'vivace';
import { workOf } from 'vivace/extend';
import type { TestClient } from 'vivace/testing';
import type { JobClass, PayloadOf, Runnable } from './job';
import { Jobs, SessionJobs } from './jobs';

/**
 * Runs what waits, and what that adds, until nothing waits: also jobs that are delayed, and further
 * tries of what failed, without waiting for them.
 *
 * @param client made by `testClient`
 * @throws what the first job failed with that is dead
 * @example
 * await client.post('/orders/', { json: order });
 * await runJobs(client);
 */
export async function runJobs(client: object): Promise<void> {
  await (await workOf(client, 'queue')).idle();
}

/**
 * The payloads of a class of jobs that wait, in the order in which they were added.
 *
 * @param client made by `testClient`
 * @example expect(await waitingJobs(client, SendInvoice)).toEqual([{ order: id }]);
 */
export async function waitingJobs<J extends Runnable>(
  client: TestClient,
  job: JobClass<J>,
): Promise<readonly PayloadOf<J>[]> {
  return client.server.run(
    dependency({ jobs: Jobs }, async ({ jobs }) => {
      if (!(jobs instanceof SessionJobs))
        throw new TypeError('The jobs of this client are not those of queue({ jobs }).');
      return (await jobs.waiting(job)) as readonly PayloadOf<J>[];
    }),
  );
}
