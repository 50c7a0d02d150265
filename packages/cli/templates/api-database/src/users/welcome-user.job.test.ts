import { override } from 'vivace/testing';
import { runJobs } from '@vivace/queue/testing';
import { Mailer } from '../common/mailer.js';
import { newClient } from '../testing/client.js';
import { ada } from '../testing/sign-in.js';

it('welcomes who has signed up', async () => {
  const sent: string[] = [];
  const mailer = () => ({
    send: async (to: string, text: string) => void sent.push(`${to}: ${text}`),
  });
  await using client = await newClient(override(Mailer, mailer));
  await client.post('/users', { json: ada });
  expect(sent).toEqual([]);
  await runJobs(client);
  expect(sent).toEqual(['ada@example.com: Welcome, Ada!']);
});
