import { joined } from './exposition';
import type { Registry } from './registry';
import { answerSupervisor, askWorkers } from './workers';

/** What Prometheus is told: of this process, or of all that serve together. */
export class MetricsAnswer implements Disposable {
  static readonly type = 'text/plain; version=0.0.4; charset=utf-8';
  readonly #registry: Registry;
  readonly #stop: () => void;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#stop = answerSupervisor(() => registry.text());
  }

  async text(): Promise<string> {
    const all = await askWorkers();
    if (all === undefined) return this.#registry.text();
    const silent = [
      '# HELP vivace_workers_silent Workers that did not answer in time, and are left out',
      '# TYPE vivace_workers_silent gauge',
      `vivace_workers_silent ${all.silent}`,
      '',
    ].join('\n');
    return `${joined(all.told)}\n${silent}`;
  }

  [Symbol.dispose](): void {
    this.#stop();
  }
}
