import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from './postgres.js';
import { Process } from './processes.js';
import { wrongs, type Wrongs } from './purchases.js';

/** Jobs over processes of which one after another is killed, and another takes its place. */
export async function killedWorkers(
  postgres: Postgres,
  server: Process,
  { jobs, workers, kills }: { jobs: number; workers: number; kills: number },
): Promise<Wrongs & { readonly seconds: number }> {
  const each = 1000;
  for (let made = 0; made < jobs; made += each)
    await fetch(`${server.url}/purchases/many`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ count: Math.min(each, jobs - made) }),
    });
  const begun = performance.now();
  const working = await Promise.all(
    Array.from({ length: workers }, () => Process.start('work', postgres.url)),
  );
  try {
    for (let killed = 0; killed < kills; killed += 1) {
      const [bills] = await postgres.ask<{ done: number }>(
        'select count(*)::int as done from bill',
      );
      const goal = Math.max(((killed + 1) * jobs) / (kills + 1), bills!.done + 1);
      await doneAtLeast(postgres, Math.min(goal, jobs));
      const place = Math.floor(Math.random() * workers);
      await working[place]!.kill();
      working[place] = await Process.start('work', postgres.url);
    }
    return { ...(await wrongs(postgres)), seconds: (performance.now() - begun) / 1000 };
  } finally {
    for (const worker of working) worker[Symbol.dispose]();
  }
}

async function doneAtLeast(postgres: Postgres, goal: number): Promise<void> {
  for (;;) {
    const [row] = await postgres.ask<{ done: number }>('select count(*)::int as done from bill');
    if (row!.done >= goal) return;
    await delay(50);
  }
}
