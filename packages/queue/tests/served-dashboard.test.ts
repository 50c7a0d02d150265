import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { testDatabase } from '@vivace/sql/testing';
import { orderDatabase } from './programs/orders';

const PROGRAM = join(__dirname, 'programs/served-dashboard.mjs');
const db = testDatabase(orderDatabase);

/** A program that serves the pages, and what it has written when it has ended. */
async function serve(databaseUrl: string) {
  const { JEST_WORKER_ID: _, NODE_ENV: __, NODE_OPTIONS: ___, ...env } = process.env;
  const child = fork(PROGRAM, [], {
    env: { ...env, DATABASE_URL: databaseUrl },
    execArgv: [],
    silent: true,
  });
  const output = Promise.all([text(child.stdout!), text(child.stderr!)]);
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('It ended.')));
  const [url] = (await Promise.race([once(child, 'message'), ended])) as [string];
  ended.catch(() => undefined);
  const end = async () => {
    child.kill('SIGTERM');
    const [lines, errors] = await output;
    return { lines, errors };
  };
  return { url, end, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

it('the pages of the dashboard are served to whom the guard lets through, show jobs and change them', async () => {
  await using fresh = await db.fresh();
  using served = await serve(fresh.url);
  const { url } = served;
  expect((await fetch(`${url}/jobs/`)).status).toBe(401);
  const headers = { 'x-key': 'secret' };
  const page = await fetch(`${url}/jobs/`, { headers });
  const shownPage = await page.text();
  expect({ status: page.status, type: page.headers.get('content-type') }).toMatchObject({
    status: 200,
    type: expect.stringContaining('text/html'),
  });
  const [script] = /\/jobs\/assets\/[\w.-]+\.js/.exec(shownPage)!;
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
});

const HUGE = '9'.repeat(30);
const UNREADABLE: readonly (readonly [status: number, path: string])[] = [
  ...['queues/seen/jobs/x', 'queues/seen/jobs/x.data', 'queues/seen/jobs/%00'].map(
    (path) => [404, path] as const,
  ),
  ...[
    'queues/%00',
    'queues/%00.data',
    'queues/%00/metrics',
    'schedules/x/%00',
    '%00',
    'nowhere',
  ].map((path) => [404, path] as const),
  ...['queues', 'queues.data', 'queues/seen', 'jobs', 'schedules', 'warnings'].map(
    (path) => [422, `${path}?page=${HUGE}`] as const,
  ),
  ...['queues?search=%00', 'jobs?queues=%00', `jobs?minRetries=${HUGE}`].map(
    (path) => [422, path] as const,
  ),
  ...['queues/%zz', '%ff'].map((path) => [400, path] as const),
  ...['queues?page=x', 'queues?page=-1', 'jobs?id=x'].map((path) => [200, path] as const),
];
const NO_FORMS: readonly (readonly [type: string, body: string])[] = [
  ['application/json', '{}'],
  ['text/plain', 'a=b'],
  ['multipart/form-data', 'a'],
  ['multipart/form-data; boundary=a', '--b'],
];

it('what a client sends to the dashboard is refused where it cannot be read, and what fails is logged', async () => {
  await using fresh = await db.fresh();
  using served = await serve(fresh.url);
  const { url } = served;
  const headers = { 'x-key': 'secret', origin: url, 'sec-fetch-site': 'same-origin' };
  const post = (path: string, body: string | URLSearchParams | FormData, type?: string) =>
    fetch(`${url}/jobs/${path}`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
    });
  const multipart = new FormData();
  for (const [name, value] of Object.entries({ queueName: 'seen', policy: 'standard' }))
    multipart.set(name, value);
  expect((await post('queues/create', multipart)).status).toBe(302);

  for (const [status, path] of UNREADABLE) {
    const answer = await fetch(`${url}/jobs/${path}`, { headers });
    expect([path, answer.status]).toEqual([path, status]);
    await answer.arrayBuffer();
  }
  for (const path of ['queues/create', 'send', 'queues/seen', 'queues/seen.data', 'schedules/new'])
    for (const [type, body] of NO_FORMS) {
      const answer = await post(path, body, type);
      expect([path, type, answer.status]).toEqual([path, type, 400]);
    }
  const options = await fetch(`${url}/jobs/queues`, { method: 'OPTIONS', headers });
  expect(options.status).toBe(405);
  const cancel = new URLSearchParams({ intent: 'cancel' });
  expect((await post('queues/seen/jobs/x', cancel)).status).toBe(404);
  const long = new URLSearchParams({ intent: 'x'.repeat(3_000_000) });
  expect((await post('queues/seen', long)).status).toBe(413);

  const client = new Client({ connectionString: fresh.url });
  await client.connect();
  await client.query('alter schema vivace_jobs rename to gone');
  await client.end();
  expect((await fetch(`${url}/jobs/queues`, { headers })).status).toBe(500);
  const { lines, errors } = await served.end();
  expect(errors).toBe('');
  const faults = lines
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { level: number; err?: { code?: string } })
    .filter(({ level }) => level >= 50);
  expect(faults).toMatchObject([{ err: { code: '42P01' } }]);
});

/** Of a job, in the data of its page. */
function stateIn(page: string): string | undefined {
  return /state[\\",]+(\w+)/.exec(page)?.[1];
}
