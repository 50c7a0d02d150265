import { Vivace } from 'vivace';
import { APIKeyHeader } from 'vivace/security';
import { testClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { queue } from '@vivace/queue';
import { allJobs, orderDatabase } from './programs/orders';

const guard = new APIKeyHeader({ key: 'x-key' });
const db = testDatabase(orderDatabase);

describe('the dashboard', () => {
  it('is there for nobody whom the guard does not let through', async () => {
    const dashboard = { path: '/admin/jobs', guard };
    const app = new Vivace({ extensions: [orderDatabase, queue({ jobs: allJobs, dashboard })] });
    await using client = await testClient(app, { overrides: [db.rollback()] });
    for (const path of ['/admin/jobs', '/admin/jobs/queues/flaky', '/admin/jobs/assets/x.js'])
      expect((await client.get(path)).status).toBe(401);
    expect((await client.get('/jobs', { headers: { 'x-key': 'secret' } })).status).toBe(404);
  });

  it('takes no writes from elsewhere', async () => {
    const app = new Vivace({
      extensions: [orderDatabase, queue({ jobs: allJobs, dashboard: { guard } })],
    });
    await using client = await testClient(app, { overrides: [db.rollback()] });
    const places: readonly Record<string, string>[] = [
      {},
      { origin: 'http://elsewhere.example' },
      { origin: 'null' },
      { origin: 'http://testserver', 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const place of places) {
      const headers = { 'x-key': 'secret', ...place };
      expect((await client.post('/jobs/queues/create', { headers })).status).toBe(403);
    }
  });
});
