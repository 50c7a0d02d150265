import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from './metrics';

const NANOSECONDS = 1e9;
const MILLISECONDS = 1000;

/**
 * What the process tells of itself.
 *
 * @returns ends the measuring
 */
export function countProcess(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const started = Date.now() / MILLISECONDS - process.uptime();
  metrics.gauge(
    'nodejs_eventloop_delay_p99_seconds',
    'How late the event loop was, 99 of 100 times at most, since this was last asked',
    () => {
      const late = delay.percentile(99) / NANOSECONDS;
      delay.reset();
      return late;
    },
  );
  metrics.gauge(
    'nodejs_heap_used_bytes',
    'Bytes of the heap that are used',
    () => process.memoryUsage().heapUsed,
  );
  metrics.gauge('process_resident_memory_bytes', 'Bytes of memory that the process has', () =>
    process.memoryUsage.rss(),
  );
  metrics.gauge(
    'process_cpu_seconds',
    'Seconds of processor time, of the user and the system',
    () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
  );
  metrics.gauge(
    'process_start_time_seconds',
    'When the process began, in seconds since 1970: a change is a restart',
    () => started,
  );
  return () => delay.disable();
}
