import { dependency, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { Jobs, queue } from '@vivace/queue';
import { runJobs } from '@vivace/queue/testing';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { {{pascal}} } from './{{kebab}}.job.js';

const data = database({ entities: [] });
const db = testDatabase(data);
const app = new Vivace({ extensions: [data, queue({ jobs: [{{pascal}}] })] });
const added = dependency({ jobs: Jobs }, ({ jobs }) => jobs.add({{pascal}}, { id: 7 }));

it('{{kebab}} says what it did', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const id = await client.server.run(added);
  await runJobs(client);
  const status = dependency({ jobs: Jobs }, ({ jobs }) => jobs.status(id));
  expect(await client.server.run(status)).toMatchObject({
    state: 'done',
    result: { id: 7, tries: 1 },
  });
});
