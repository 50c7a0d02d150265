import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testDatabase } from '@vivace/sql/testing';
import { orderDatabase } from './programs/orders';

const PROGRAM = join(__dirname, 'programs/served-dashboard.mjs');
const db = testDatabase(orderDatabase);

it('the pages of the dashboard are served to whom the guard lets through', async () => {
  await using fresh = await db.fresh();
  const { JEST_WORKER_ID: _, NODE_ENV: __, NODE_OPTIONS: ___, ...env } = process.env;
  const child = fork(PROGRAM, [], { env: { ...env, DATABASE_URL: fresh.url }, execArgv: [] });
  try {
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('It ended.')));
    const [url] = (await Promise.race([once(child, 'message'), ended])) as [string];
    ended.catch(() => undefined);
    expect((await fetch(`${url}/jobs/`)).status).toBe(401);
    const headers = { 'x-key': 'secret' };
    const page = await fetch(`${url}/jobs/`, { headers });
    const text = await page.text();
    expect({ status: page.status, type: page.headers.get('content-type') }).toMatchObject({
      status: 200,
      type: expect.stringContaining('text/html'),
    });
    const [script] = /\/jobs\/assets\/[\w.-]+\.js/.exec(text)!;
    const asset = await fetch(url + script, { headers });
    expect(asset.headers.get('content-type')).toContain('javascript');
    expect((await fetch(`${url}/jobs/queues`, { headers })).status).toBe(200);
  } finally {
    child.kill('SIGKILL');
  }
});
