import { dependency, Vivace } from 'vivace';
import { Job, Jobs, queue } from '@vivace/queue';
import { database } from '@vivace/sql';
import { tell } from '../../jobs/measure.js';

class Task {
  name!: string;
}
const heard = { onJob: (): void => undefined };

@Job({ concurrency: 8 })
class Bench {
  run({ name }: Task): string {
    heard.onJob();
    return name;
  }
}

const app = new Vivace({
  extensions: [database({ entities: [] }), queue({ jobs: [Bench] })],
  logger: false,
  docs: false,
});
// Another process of the application adds what this one works on.
const adding = await app.listen({ port: 0, work: false });
const added = (count: number) =>
  dependency({ jobs: Jobs }, ({ jobs }) =>
    jobs.addAll(
      Bench,
      Array.from({ length: count }, () => ({ name: 'x' })),
    ),
  );

await tell({
  add: async (count) => void (await adding.run(added(count))),
  async work(onJob) {
    heard.onJob = onJob;
    await app.listen({ port: 0, http: false });
  },
});
