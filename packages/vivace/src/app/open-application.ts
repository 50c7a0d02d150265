import type { FastifyBaseLogger } from 'fastify';
import type { Runtime } from '../compile/runtime';
import { Rooms } from '../declare/context-classes';
import type { Needs, Provided } from '../declare/provided';
import type { Store } from '../declare/store';
import type { Host } from '../declare/work';
import { nameOf } from '../model/classes';
import type { Application } from './application';
import type { ServerEntry } from './entries';
import { Jobs } from './jobs';
import type { Singletons } from './lifespan';
import type { Runs } from './runs';
import { runtimeOf } from './runtime';

/** An application of a server, with what is open for it. */
export class OpenApplication {
  readonly runtime: Runtime;
  readonly jobs: Jobs;
  readonly #outermost: OpenApplication | undefined;

  constructor(
    readonly application: Application,
    readonly singletons: Singletons,
    readonly entries: readonly ServerEntry[],
    rooms: unknown,
    runs: Runs,
    log: FastifyBaseLogger,
    outermost?: OpenApplication,
  ) {
    const { jobOf } = application.built;
    this.#outermost = outermost;
    this.runtime = runtimeOf(singletons.values, rooms);
    this.jobs = new Jobs(jobOf, singletons, this.runtime, runs, log);
  }

  /** Where middleware keeps data that names no store: in its own, else in that of the outermost application. */
  get store(): Store | undefined {
    const { store } = this.application.built.model;
    return store === undefined
      ? this.#outermost?.store
      : (this.singletons.values.get(store) as Store);
  }

  /** What the work of extensions may use. */
  get host(): Pick<Host, 'entries' | 'get' | 'run'> {
    return {
      entries: this.entries,
      get: <N extends Needs>(needs: N) => this.#singleton(needs) as Provided<N>,
      run: (job, given) => this.jobs.run(job, given),
    };
  }

  #singleton(needs: Needs): unknown {
    const { jobOf, substitutions } = this.application.built;
    if (needs === Rooms && !substitutions.has(Rooms)) return this.runtime.rooms;
    const { root } = jobOf(needs, { member: 'host.get' });
    if (root.lifetime === 'singleton' && this.singletons.values.has(root))
      return this.singletons.values.get(root);
    throw new TypeError(
      `${nameOf(needs)} is no singleton that is open: name it in \`singletons\` of the extension.`,
    );
  }
}
