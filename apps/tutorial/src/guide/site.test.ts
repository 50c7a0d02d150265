import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testClient } from 'vivace/testing';
import { app } from './site';

const home = process.cwd();
const directory = mkdtempSync(join(tmpdir(), 'vivace-site-'));
mkdirSync(join(directory, 'dist'));
writeFileSync(join(directory, 'dist', 'index.html'), 'the application');
writeFileSync(join(directory, 'dist', 'app.js'), 'run()');

beforeAll(() => process.chdir(directory));
afterAll(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true });
});

test('it serves an API, what is mounted, and a front end where nothing else is', async () => {
  await using client = await testClient(app);
  expect((await client.get('/api/')).json()).toEqual({
    user: 'http://testserver/admin/users/ann',
    script: 'http://testserver/app.js',
  });
  expect((await client.get('/admin/users/ann')).json()).toEqual({
    user_id: 'ann',
    self: 'http://testserver/admin/users/ann',
    below: '/admin',
  });
  expect((await client.get('/admin/openapi.json')).json()).toMatchObject({
    info: { title: 'Admin' },
    servers: [{ url: '/admin' }],
  });
  expect((await client.get('/legacy/time')).text).toBe('noon');
  expect((await client.get('/edge/here')).text).toBe('/here');
  expect((await client.get('/app.js')).headers.get('cache-control')).toBe('public, max-age=3600');
  expect((await client.get('/settings/profile', { headers: { accept: 'text/html' } })).text).toBe(
    'the application',
  );
  expect((await client.get('/settings/profile')).status).toBe(404);
});
