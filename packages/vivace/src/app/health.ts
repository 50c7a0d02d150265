import type { FastifyInstance } from 'fastify';
import type { Extension } from '../declare/extension';
import type { HealthOptions } from '../declare/options/vivace-options';
import { HealthWarning } from '../errors/health-warning';
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
  readonly checks?: Readonly<Record<string, Result>>;
}
type Result = 'ok' | 'warning' | 'failed';

/** What has to work, by name: a check that throws has failed, unless it only warns. */
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
    const asked = async ([name, check]: [string, () => Promise<unknown>]) =>
      [name, await this.#resultOf(name, check)] as const;
    const checks: Record<string, Result> = Object.fromEntries(
      await Promise.all(Object.entries(this.#checks).map(asked)),
    );
    for (const [extension, ready] of this.#works.ready)
      if (!ready || checks[extension] === undefined) checks[extension] = ready ? 'ok' : 'failed';
    const results = Object.values(checks);
    const status = results.includes('failed') ? 'unavailable' : 'ok';
    return results.length === 0 ? { status } : { status, checks };
  }

  /** Why it is not ok is for the log. */
  async #resultOf(name: string, check: () => Promise<unknown>): Promise<Result> {
    try {
      await this.#deadlines.limit(check(), asItIs);
      return 'ok';
    } catch (error) {
      if (error instanceof HealthWarning) {
        this.#log.warn({ check: name }, error.message);
        return 'warning';
      }
      this.#log.warn({ err: error, check: name }, 'The server is not ready: a check failed');
      return 'failed';
    }
  }
}
