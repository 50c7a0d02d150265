// A program that holds the service until it is told to leave, or is killed.
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { holdService } from 'vivace/extend';

const module = join(import.meta.dirname, 'service.mjs');
try {
  const lease = await holdService({ folder: process.argv[2], module });
  console.log(lease.env.ENGINE_PORT);
  createInterface({ input: process.stdin }).once('line', async () => {
    await lease.release();
    console.log('left');
    process.exit();
  });
} catch (error) {
  console.log(error.message);
}
