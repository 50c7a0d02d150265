import type { VivaceOptions } from 'vivace';

/** Loaded only where it is asked for, as a program without it does not have it. */
export async function telemetryIfAsked(): Promise<NonNullable<VivaceOptions['extensions']>> {
  if (process.env['BENCH_TELEMETRY'] !== 'on') return [];
  const { telemetry } = await import('@vivace/telemetry');
  return [telemetry({ service: 'bench' })];
}
