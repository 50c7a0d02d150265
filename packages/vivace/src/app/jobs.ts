import type { FastifyBaseLogger } from 'fastify';
import type { Runtime } from '../compile/runtime';
import type { Given } from '../declare/placeholder';
import type { Dependency } from '../declare/provided';
import { factsOf } from '../declare/value-facts';
import type { JobOf } from '../model/build';
import { jobRunner } from './job';
import type { Singletons } from './lifespan';
import type { Runs } from './runs';

interface Prepared {
  /** The placeholders that it was prepared with. */
  readonly given: ReadonlySet<object>;
  readonly run: ReturnType<typeof jobRunner>;
}

/** The dependencies that run outside requests, each compiled at its first run. */
export class Jobs {
  readonly #prepared = new Map<Dependency<unknown>, Prepared>();
  /** One is prepared after the other: two may need the same singleton that is not open yet. */
  #preparing: Promise<unknown> = Promise.resolve();

  readonly #jobOf: JobOf;
  readonly #singletons: Singletons;
  readonly #runtime: Runtime;
  readonly #runs: Runs;
  readonly #log: FastifyBaseLogger;

  constructor(
    jobOf: JobOf,
    singletons: Singletons,
    runtime: Runtime,
    runs: Runs,
    log: FastifyBaseLogger,
  ) {
    this.#jobOf = jobOf;
    this.#singletons = singletons;
    this.#runtime = runtime;
    this.#runs = runs;
    this.#log = log;
  }

  /** @throws BootError where the job needs what it has not */
  run<T>(job: Dependency<T>, given: readonly Given[] = []): Promise<T> {
    return this.#runs.track(this.#run(job, given));
  }

  async #run<T>(job: Dependency<T>, given: readonly Given[]): Promise<T> {
    const values = new Map(given.map(factsOfGiven));
    const known = this.#prepared.get(job);
    const { run } =
      known !== undefined && isSame(known.given, values) ? known : await this.#prepare(job, values);
    return (await run({ given: (key) => values.get(key) })) as T;
  }

  #prepare(job: Dependency<unknown>, values: ReadonlyMap<object, unknown>): Promise<Prepared> {
    const prepared = this.#preparing.then(async () => {
      const given = new Set(values.keys());
      const { root, singletons } = this.#jobOf(job, undefined, given);
      await this.#singletons.open(singletons);
      const made = { given, run: jobRunner(root, this.#runtime, this.#log) };
      this.#prepared.set(job, made);
      return made;
    });
    this.#preparing = prepared.catch(() => {});
    return prepared;
  }
}

function isSame(known: ReadonlySet<object>, values: ReadonlyMap<object, unknown>): boolean {
  return known.size === values.size && [...known].every((key) => values.has(key));
}

function factsOfGiven(value: Given): readonly [object, unknown] {
  const facts = factsOf(value);
  if (facts?.kind !== 'given')
    throw new TypeError('The list of a run holds something that is not made by given(…).');
  return [facts.of, facts.value];
}
