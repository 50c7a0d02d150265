import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../model/model';
import { API_VERSION, newer } from '../model/api-version';
import { vary } from './response';

type Strategy = Parameters<FastifyInstance['addConstraintStrategy']>[0];
type Handlers = ReturnType<Strategy['storage']>;

const NAME = 'apiVersion';
/** What a request without the header asks for. */
const ANY = '';

/** Lets the version that a request names choose between operations of one path. Without it the oldest answers: who knew of none goes on as before. */
const strategy: Strategy = {
  name: NAME,
  storage: () => {
    const handlers = new Map<string, ReturnType<Handlers['get']>>();
    let oldest: string | undefined;
    return {
      get: (version) =>
        handlers.get((version === ANY ? oldest : (version as string)) ?? ANY) ?? null,
      set: (version, handler) => {
        handlers.set(version as string, handler);
        if (oldest === undefined || newer(oldest, version as string)) oldest = version as string;
      },
    };
  },
  deriveConstraint: ({ headers }: { readonly headers: FastifyRequest['headers'] }) =>
    headers[API_VERSION.toLowerCase()] ?? ANY,
  validate: () => true,
};

/** Teaches the router of a server, if some of its operations have versions. */
export function acceptVersions(fastify: FastifyInstance, operations: readonly Operation[]): void {
  if (operations.some(({ apiVersion }) => apiVersion !== undefined))
    fastify.addConstraintStrategy(strategy);
}

/** The part of a route that depends on its version. */
export function versionedRoute({ apiVersion }: Operation): {
  readonly constraints?: Readonly<Record<string, string>>;
  readonly onRequest?: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;
} {
  if (apiVersion === undefined) return {};
  return {
    constraints: { [NAME]: apiVersion },
    onRequest: (_, reply, done) => {
      vary(reply, API_VERSION);
      done();
    },
  };
}

/** The version that a route is constrained to. */
export function versionOfRoute(
  constraints: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  return constraints?.[NAME] as string | undefined;
}
