import { loadBullMQ } from '../../jobs/bullmq.js';
import { tell } from '../../jobs/measure.js';

const { Queue, Worker } = await loadBullMQ();
const connection = { host: '127.0.0.1', port: Number(process.env['REDIS_PORT']) };
const queue = new Queue('bench', { connection });

await tell({
  add: (count) =>
    queue.addBulk(Array.from({ length: count }, () => ({ name: 'job', data: { name: 'x' } }))),
  async work(onJob) {
    const run = async (): Promise<void> => onJob();
    await new Worker('bench', run, { connection, concurrency: 8 }).waitUntilReady();
  },
});
