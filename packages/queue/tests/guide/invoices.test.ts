import { testClient } from 'vivace/testing';
import { runJobs, waitingJobs } from '@vivace/queue/testing';
import { testDatabase } from '@vivace/sql/testing';
import { app, orders, SendInvoice } from './invoices';

const db = testDatabase(orders);

test('an invoice is sent after the answer, and its status says so', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const { id } = (await client.post('/orders/', { json: { quantity: 1 } })).json<{ id: string }>();

  const { job } = (await client.post(`/orders/${id}/invoice`)).json<{ job: string }>();
  expect(await waitingJobs(client, SendInvoice)).toEqual([{ order: id }]);
  await runJobs(client);

  const status = await client.get(`/orders/jobs/${job}`);
  expect(status.json()).toMatchObject({ state: 'done', progress: 0.5 });
});
