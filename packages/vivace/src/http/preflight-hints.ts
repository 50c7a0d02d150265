import type { FastifyRequest } from 'fastify';
import { factsOf } from '../declare/value-facts';
import type { Middleware } from '../declare/options/layer-options';

/** After so many origins everybody has understood. */
const ENOUGH = 20;

/** Tells a developer why a browser refuses to call: the browser says so to nobody but the page. */
export class PreflightHints {
  readonly #told = new Set<string>();

  readonly #log: FastifyRequest['log'];

  constructor(log: FastifyRequest['log']) {
    this.#log = log;
  }

  /** A request that no route takes. */
  note({ method, headers, url }: FastifyRequest, middleware: readonly Middleware[]): void {
    const { origin } = headers;
    if (
      method !== 'OPTIONS' ||
      origin === undefined ||
      headers['access-control-request-method'] === undefined
    )
      return;
    if (this.#told.has(origin) || this.#told.size >= ENOUGH || middleware.some(isCors)) return;
    this.#told.add(origin);
    this.#log.warn(
      `The preflight for ${url} from ${origin} was refused: cors({ origins: ['${origin}'] }) in middleware lets its pages call`,
    );
  }
}

function isCors(middleware: Middleware): boolean {
  const facts = factsOf(middleware);
  return facts?.kind === 'middleware' && facts.name === 'cors';
}
