import { killedWorkers } from './faults/killed-workers.js';
import { Postgres } from './faults/postgres.js';
import { Process } from './faults/processes.js';
import { wrongs } from './faults/purchases.js';
import { FAULTS, faultRound } from './faults/round.js';

/**
 * What becomes of 500 requests and their jobs while the database is killed, frozen and restarted in
 * their middle, and of 5,000 jobs while processes that work on them are killed.
 */
const REQUESTS = 500;
/** Milliseconds: a second for a connection, two for a statement, one more for a server that does not end it, and the same for what takes it back. */
const LIMIT = 8000;
const READY = 5000;

await using postgres = await Postgres.open('faults');
using server = await Process.start('serve', postgres.url);
{
  using _worker = await Process.start('work', postgres.url);
  console.log(
    row('In the middle of 500 requests', [
      'answers',
      'lost',
      'half written',
      'jobs done twice',
      'slowest, s',
      'ready again after, s',
    ]),
  );
  console.log(row('---', ['---', '---:', '---:', '---:', '---:', '---:']));
  for (const [name, fault] of Object.entries(FAULTS)) {
    const { answers, lost, slowest, ready } = await faultRound(postgres, server, fault, REQUESTS);
    const { half, twice } = await wrongs(postgres);
    const said = Object.entries(answers).map(([status, times]) => `${times} × ${status}`);
    console.log(
      row(name, [
        said.join(', '),
        lost,
        half,
        twice,
        (slowest / 1000).toFixed(1),
        (ready / 1000).toFixed(1),
      ]),
    );
    if (lost + half + twice > 0 || slowest > LIMIT || ready > READY) process.exitCode = 1;
  }
}
const { half, twice, seconds } = await killedWorkers(postgres, server, {
  jobs: 5000,
  workers: 3,
  kills: 10,
});
console.log(
  `\n5,000 jobs over three processes, of which one was killed ten times: all done after ${seconds.toFixed(0)} s, ${twice} twice, ${half} half.`,
);
if (half + twice > 0) process.exitCode = 1;

function row(first: string, cells: readonly unknown[]): string {
  return `| ${[first, ...cells].join(' | ')} |`;
}
