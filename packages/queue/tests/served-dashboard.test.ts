import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testDatabase } from '@vivace/sql/testing';
import { orderDatabase } from './programs/orders';

const PROGRAM = join(__dirname, 'programs/served-dashboard.mjs');
const db = testDatabase(orderDatabase);

it('the pages of the dashboard are served to whom the guard lets through, show jobs and change them', async () => {
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

    /** As the form of a page. */
    const send = async (path: string, fields: Record<string, string>) => {
      const form = {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      } as const;
      const answer = await fetch(`${url}/jobs/${path}`, {
        ...form,
        headers: { ...headers, origin: url, 'sec-fetch-site': 'same-origin' },
      });
      expect(answer.status).toBeLessThan(400);
      return answer.text();
    };
    const hostile = '<script>alert(1)</script>';
    await send('queues/create', { queueName: 'seen', policy: 'standard' });
    await send('send', { queueName: 'seen', data: JSON.stringify({ hostile }) });
    const jobs = await (await fetch(`${url}/jobs/queues/seen`, { headers })).text();
    const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(jobs)!;
    const job = () => fetch(`${url}/jobs/queues/seen/jobs/${id}`, { headers });
    const seen = await job();
    expect(seen.status).toBe(200);
    const shown = await seen.text();
    expect([shown.includes('alert(1)'), shown.includes(hostile)]).toEqual([true, false]);
    expect(stateIn(shown)).toBe('created');
    await send(`queues/seen/jobs/${id}`, { intent: 'cancel' });
    expect(stateIn(await (await job()).text())).toBe('cancelled');
  } finally {
    child.kill('SIGKILL');
  }
});

/** Of a job, in the data of its page. */
function stateIn(page: string): string | undefined {
  return /state[\\",]+(\w+)/.exec(page)?.[1];
}
