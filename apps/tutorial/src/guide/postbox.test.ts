import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workOf } from 'vivace/extend';
import { testClient } from 'vivace/testing';
import { app, sent } from './postbox';

beforeEach(() => void (sent.length = 0));
const letter = { to: 'ann@example.com', text: 'Hello' };

test('a task that an operation adds is done by the method that is there for it', async () => {
  await using client = await testClient(app);
  expect((await client.post('/letters/', { json: letter })).status).toBe(202);
  expect(sent).toEqual([]);
  await (await workOf(client, 'tasks')).idle();
  expect(sent).toEqual(['ann@example.com now']);
});

test('where work runs by itself, nobody has to ask for it', async () => {
  await using client = await testClient(app, { work: 'auto' });
  await (await workOf(client, 'tasks')).idle();
  await client.post('/letters/', { json: letter });
  await client.close();
  expect(sent).toEqual(['ann@example.com now']);
});

test('what cannot work is refused, and what is there is listed', async () => {
  await expect(app.build({ workers: 2 })).rejects.toThrow(
    '[TASKS_IN_CLUSTER] tasks(): There are 2 processes.',
  );
  const entries = await app.entries();
  expect(entries.map(({ kind, name, handler }) => `${kind} ${name} → ${handler}`)).toEqual([
    'TASK mail → Mailer.mail',
  ]);
});

test('the guide shows this program', () => {
  const guide = readFileSync(join(__dirname, '../../../../docs/guide/extending.md'), 'utf8');
  for (const file of ['tasks.ts', 'postbox.ts'])
    expect(guide).toContain(readFileSync(join(__dirname, file), 'utf8'));
});
