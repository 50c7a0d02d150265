import type { FastifyBaseLogger } from 'fastify';
import type { TraceSettings } from '../settings';
import { applicationSpans } from './application';
import { eventSpans } from './events';
import { librarySpans } from './libraries';
import type { SpanProvider } from './provider';

/** Milliseconds between two warnings that spans are lost. */
const QUIET = 60_000;

/** What one process makes of all channels, which are the process's: servers that it has share it. */
interface Shared {
  readonly provider: SpanProvider;
  readonly stop: readonly (() => void)[];
  readonly listeners: Set<(spans: number, why: string) => void>;
  users: number;
}

let shared: Promise<Shared> | undefined;

/** Makes spans until it is closed. */
export class Tracing implements AsyncDisposable {
  readonly #shared: Shared;
  readonly #lost: (spans: number, why: string) => void;

  private constructor(shared: Shared, lost: (spans: number, why: string) => void) {
    this.#shared = shared;
    this.#lost = lost;
    shared.listeners.add(lost);
    shared.users += 1;
  }

  /** @param count told of spans that were not sent */
  static async open(
    settings: TraceSettings,
    log: FastifyBaseLogger,
    count: (spans: number) => void,
  ): Promise<Tracing> {
    shared ??= begin(settings).catch((error: unknown) => {
      shared = undefined;
      throw error;
    });
    const known = await shared;
    let quietUntil = 0;
    return new Tracing(known, (spans, why) => {
      count(spans);
      if (performance.now() < quietUntil) return;
      quietUntil = performance.now() + QUIET;
      log.warn({ spans, why }, 'Spans are lost: the collector does not take them');
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#shared.users -= 1;
    if (this.#shared.users === 0) {
      shared = undefined;
      for (const stop of this.#shared.stop) stop();
      await this.#shared.provider.close();
    }
    this.#shared.listeners.delete(this.#lost);
  }
}

/** What knows OpenTelemetry is loaded by those who make spans only. */
async function begin(settings: TraceSettings): Promise<Shared> {
  const { openSpans } = await import('./provider.js');
  const listeners: Shared['listeners'] = new Set();
  const provider = openSpans(settings, (spans, why) => {
    for (const lost of listeners) lost(spans, why);
  });
  const stop = [
    ...applicationSpans(provider.tracer, settings),
    ...eventSpans(provider.tracer),
    ...librarySpans(provider.tracer),
  ];
  return { provider, stop, listeners, users: 0 };
}
