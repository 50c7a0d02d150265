import type { FastifyInstance } from 'fastify';
import type { Extension } from '../declare/extension';
import type { HealthOptions } from '../declare/options/vivace-options';
import { asItIs, Deadlines } from '../http/deadlines';
import { type RouteContext, ownRoute } from '../http/route-context';
import type { Works } from './works';

/** Milliseconds that a check may take. */
const PATIENCE = 5000;
/** No middleware: who asks is a machine that knows no host name, no https and no limit. */
const OUTSIDE: RouteContext = { operation: undefined, exceptions: [], middleware: [] };

/** Adds what extensions answer to machines, behind all other routes too. */
export function registerProbes(
  fastify: FastifyInstance,
  extensions: readonly Pick<Extension, 'probes'>[],
): void {
  for (const { probes } of extensions) {
    if (probes === undefined) continue;
    fastify.register(async (own) => {
      own.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true };
        route.config = { ...route.config, ...ownRoute(OUTSIDE) };
      });
      await probes(own);
    });
  }
}

interface Answer {
  readonly status: 'ok' | 'unavailable' | 'closing';
  readonly checks?: Readonly<Record<string, 'ok' | 'failed'>>;
}

/** What has to work, by name: a check that throws has failed. */
export type Checks = Readonly<Record<string, () => Promise<unknown>>>;

/** Tells orchestrators whether a server lives and whether it wants requests. */
export class Health {
  #leaving = false;
  #running: Promise<Answer> | undefined;
  readonly #deadlines = new Deadlines(PATIENCE);

  readonly #checks: Checks;
  readonly #works: Works;
  readonly #log: FastifyInstance['log'];

  constructor(checks: Checks, works: Works, log: FastifyInstance['log']) {
    this.#checks = checks;
    this.#works = works;
    this.#log = log;
  }

  /** From now on the server is not ready: it finishes what it has, and wants no more. */
  leave(): void {
    this.#leaving = true;
  }

  /** Adds the routes behind all others: a path that the program answers itself stays its own. */
  register(fastify: FastifyInstance, { live = '/livez', ready = '/readyz' }: HealthOptions): void {
    fastify.register((last, _, done) => {
      const serve = (url: string, answer: () => Answer | Promise<Answer>): void => {
        if (last.hasRoute({ method: 'GET', url })) return;
        const schema = { hide: true };
        last.get(url, { schema, config: ownRoute(OUTSIDE) }, async (_request, reply) => {
          const body = await answer();
          reply.code(body.status === 'ok' ? 200 : 503).header('cache-control', 'no-store');
          return body;
        });
      };
      serve(live, () => ({ status: 'ok' }));
      serve(ready, () => this.#readiness());
      done();
    });
  }

  /** Those who ask at the same time share one run of the checks. */
  #readiness(): Answer | Promise<Answer> {
    if (this.#leaving) return { status: 'closing' };
    return (this.#running ??= this.#run().finally(() => (this.#running = undefined)));
  }

  async #run(): Promise<Answer> {
    const passes = async ([name, check]: [string, () => Promise<unknown>]) =>
      [name, await this.#passes(name, check)] as const;
    const checks = Object.fromEntries(await Promise.all(Object.entries(this.#checks).map(passes)));
    for (const [extension, ready] of this.#works.ready)
      if (!ready || checks[extension] === undefined) checks[extension] = ready ? 'ok' : 'failed';
    const results = Object.values(checks);
    const status = results.every((result) => result === 'ok') ? 'ok' : 'unavailable';
    return results.length === 0 ? { status } : { status, checks };
  }

  /** Why it failed is for the log. */
  async #passes(name: string, check: () => Promise<unknown>): Promise<'ok' | 'failed'> {
    try {
      await this.#deadlines.limit(check(), asItIs);
      return 'ok';
    } catch (error) {
      this.#log.warn({ err: error, check: name }, 'The server is not ready: a check failed');
      return 'failed';
    }
  }
}
