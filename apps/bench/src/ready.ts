import { Slices } from './slices.js';

/** Tells the benchmark where a server listens, and what it has used when it is asked. */
export function ready(url: string | null): void {
  process.send?.({ url });
  const slices = new Slices();
  process.on('message', () =>
    process.send?.({
      cpu: process.cpuUsage(),
      memory: process.memoryUsage.rss(),
      slices: slices.take(),
    }),
  );
}
