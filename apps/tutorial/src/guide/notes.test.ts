import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testClient, type TestClient } from 'vivace/testing';
import { app } from './notes';

const folder = mkdtempSync(join(tmpdir(), 'vivace-notes-'));
const home = process.cwd();

let client: TestClient;
beforeAll(async () => {
  process.chdir(folder);
  client = await testClient(app);
});
afterAll(async () => {
  await client.close();
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

test('an error with headers while there is nothing', async () => {
  const response = await client.get('/notes/');
  expect([response.status, response.headers.get('retry-after'), response.json()]).toEqual([
    409,
    '60',
    { detail: 'write one first' },
  ]);
});

test('a created note is answered without its author, with a header, a cookie and a task after the answer', async () => {
  const created = await client.post('/notes/', { json: { text: 'buy milk' } });
  expect([created.status, created.json()]).toEqual([201, { text: 'buy milk', id: 1 }]);
  expect([created.headers.get('location'), created.headers.get('set-cookie')]).toEqual([
    '/notes/1',
    'last=1; Path=/; HttpOnly; SameSite=lax',
  ]);
  expect(readFileSync('notes.log', 'utf8')).toBe('created 1\n');
});

test('a redirect, a table and a file', async () => {
  const latest = await client.get('/notes/');
  expect([latest.url, latest.json()]).toEqual([
    'http://testserver/notes/1',
    { text: 'buy milk', id: 1 },
  ]);
  const table = await client.get('/notes/table');
  expect([table.headers.get('content-type'), table.text]).toEqual([
    'text/csv; charset=utf-8',
    '"id","text"\n1,"buy milk"',
  ]);
  const file = await client.get('/notes/1/file', { headers: { range: 'bytes=0-2' } });
  expect([file.status, file.headers.get('content-disposition'), file.text]).toEqual([
    206,
    `attachment; filename*=utf-8''Note%201.txt`,
    'buy',
  ]);
});

test('what is not there is answered by the exception handler, and stands in the document', async () => {
  const missing = await client.get('/notes/7');
  expect([missing.status, missing.json()]).toEqual([404, { detail: 'no note 7' }]);
  const document = client.server.openapi();
  expect(document.paths['/notes/{id}']).toMatchObject({
    get: {
      responses: {
        404: {
          description: 'There is no such note',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  });
});

test('a removed note has no body', async () => {
  const removed = await client.delete('/notes/1');
  expect([removed.status, removed.text]).toEqual([204, '']);
});
