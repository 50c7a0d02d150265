import { Command } from 'commander';
import type { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { runJobs } from '@vivace/queue/testing';
import { jobsCommand } from '../src/commands';
import { app, Flaky, orderDatabase, withJobs } from './programs/orders';

const db = testDatabase(orderDatabase);

test('vivace jobs says what waits and what is dead, begins it anew and cancels it', async () => {
  await using fresh = await db.fresh();
  const overrides = [fresh.override];
  await using client = await testClient(app, { overrides });
  const application = async () => ({ build: () => app.build({ overrides }) }) as Vivace;
  const run = async (...words: string[]): Promise<string[]> => {
    const lines: string[] = [];
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    jobsCommand(program, { application }, (line) => void lines.push(line));
    await program.parseAsync(['jobs', ...words], { from: 'user' });
    return lines;
  };
  const id = await client.server.run(
    withJobs((jobs) => jobs.add(Flaky, { name: 'poison', fails: 9 })),
  );
  expect(await run('stats')).toContain('flaky  1 waiting  0 running  0 done  0 dead');
  expect(await run('dead')).toEqual(['No job is dead.']);
  await expect(runJobs(client)).rejects.toThrow('poison failed');
  expect(await run('dead')).toEqual([
    expect.stringMatching(RegExp(`^\\d{4}-.+Z  flaky  ${id}  3 tries  poison failed$`)) as string,
  ]);
  expect(await run('retry', id)).toEqual([`${id} begins anew`]);
  expect(await run('cancel', id)).toEqual([`${id} is cancelled`]);
  expect(await run('cancel', id)).toEqual([`${id} is not: it has ended, or is not known`]);
  await expect(run('retry', 'none')).rejects.toThrow("'none' is no id of a job.");
});
