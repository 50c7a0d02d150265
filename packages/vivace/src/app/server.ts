import type { FastifyInstance } from 'fastify';
import type { Server } from '../declare/server';
import type { Dependency } from '../declare/provided';
import type { Override } from '../declare/provide';
import type { DocumentView, OpenAPIDocument } from '../declare/openapi';
import type { Drain } from '../process/drain';
import { keepThreads, releaseThreads } from '../process/offload/pool';
import type { Health } from './health';
import type { Pending } from '../http/pending';
import type { Runs } from './runs';
import type { Works } from './works';
import type { UrlFor } from '../http/request';
import { settlesWithin } from '../http/settles-within';

export interface ServerParts<State> {
  readonly fastify: FastifyInstance;
  readonly state: State;
  readonly pending: Pending;
  readonly drain: Drain;
  readonly health: Health;
  readonly works: Works;
  /** What runs outside HTTP. */
  readonly runs: Runs;
  /** Milliseconds that closing may take. */
  readonly shutdownTimeout: number;
  readonly urlFor: UrlFor;
  readonly variant: (overrides: readonly Override[]) => Promise<BuiltServer<State>>;
  readonly openapi: (view?: DocumentView) => OpenAPIDocument;
  readonly run: <T>(job: Dependency<T>) => Promise<T>;
  readonly closeSingletons: () => Promise<void>;
}

/** Milliseconds for what has been cut to clean up. */
const CLEANING = 1000;
/** Milliseconds that singletons have to close at least, also where requests have taken all the time. */
const CLOSING = 3000;

/** One application, built: with its own Fastify instance, state and singletons. */
export class BuiltServer<State> implements Server<State> {
  readonly state: State;
  readonly fastify: FastifyInstance;
  readonly urlFor: UrlFor;
  readonly openapi: (view?: DocumentView) => OpenAPIDocument;
  readonly run: <T>(job: Dependency<T>) => Promise<T>;
  readonly #parts: ServerParts<State>;
  #closing: Promise<void> | undefined;

  constructor(parts: ServerParts<State>) {
    this.#parts = parts;
    this.state = parts.state;
    this.fastify = parts.fastify;
    this.urlFor = parts.urlFor;
    this.openapi = parts.openapi;
    this.run = parts.run;
    keepThreads();
  }

  get url(): string | null {
    const address = this.fastify.server.address();
    if (address === null || typeof address === 'string') return null;
    const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return `http://${host}:${address.port}`;
  }

  /** What runs beside HTTP, once it was started. */
  get works(): Works {
    return this.#parts.works;
  }

  /** The same application with more overrides: it shares all singletons that they do not change, and closes only its own. */
  variant(overrides: readonly Override[]): Promise<BuiltServer<State>> {
    return this.#parts.variant(overrides);
  }

  /** From now on it says that it is not ready; it answers all the same, until whoever sends requests has noticed. */
  leave(): void {
    this.#parts.health.leave();
  }

  /** Waits for what goes on after responses were sent. */
  idle(): Promise<void> {
    return this.#parts.pending.idle();
  }

  async refuseConnections(close?: () => Promise<void>): Promise<void> {
    this.leave();
    await this.#parts.drain.refuseConnections(close);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close().finally(releaseThreads));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const { pending, works, runs, shutdownTimeout, closeSingletons } = this.#parts;
    const until = performance.now() + shutdownTimeout;
    const cut = setTimeout(() => this.#cut(), shutdownTimeout);
    this.leave();
    await Promise.all([this.#endRequests(until), works.stop(shutdownTimeout)]);
    await this.fastify.close();
    clearTimeout(cut);
    await pending.answered(performance.now() + CLEANING, { late: true });
    await settlesWithin(Math.max(CLEANING, until - performance.now()), runs.idle());
    await pending.drain(Math.max(CLEANING, until - performance.now()));
    if (await settlesWithin(Math.max(CLOSING, until - performance.now()), closeSingletons()))
      return;
    throw new Error('A singleton did not close in the time that the server has.');
  }

  async #endRequests(until: number): Promise<void> {
    const { pending, drain, shutdownTimeout } = this.#parts;
    await this.refuseConnections();
    // Their clients come back by themselves, and should not come back to this server.
    pending.endEvents();
    await drain.run(shutdownTimeout);
    // Handlers whose clients have left go on without a connection.
    await pending.answered(until);
  }

  /** Ends what would keep the server open. */
  #cut(): void {
    this.fastify.log.warn('The time to close is up: the connections that are still open are cut');
    this.fastify.server.closeAllConnections();
  }
}
