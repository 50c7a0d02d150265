import type { FastifyBaseLogger } from 'fastify';
import type { Entry } from './entry';
import type { Given } from './placeholder';
import type { Dependency, Needs, Provided } from './provided';

/** Something that runs beside HTTP until it is told to stop. */
export interface Work {
  /**
   * Takes nothing new; settles when what was begun is finished, or given back.
   *
   * @param milliseconds what is left of the time that closing may take; then nobody waits any more
   */
  stop(milliseconds: number): Promise<void>;
  /** Settles when nothing is waiting: for tests. */
  idle(): Promise<void>;
  /** Settles where it ends by itself, with the error of its death; then it is started anew. */
  readonly ended?: Promise<unknown>;
}

/** What a server gives the work of an extension. */
export interface Host {
  /** A logger whose lines have the name of the extension. */
  readonly log: FastifyBaseLogger;
  /** Whether this is a test, where nothing runs by itself and `idle` runs what waits. */
  readonly byHand: boolean;
  /** Aborted when work should end: with the call of `stop`, or while the work still starts. */
  readonly signal: AbortSignal;
  /** The entry points of the application, also of other extensions. */
  readonly entries: readonly Entry[];
  /**
   * A singleton that is open.
   *
   * @throws TypeError for what is none, or is not open
   */
  get<N extends Needs>(needs: N): Provided<N>;
  /**
   * Runs a dependency; what was opened for it is closed when the promise settles.
   *
   * @param given a value for each placeholder that it needs
   */
  run<T>(job: Dependency<T>, given?: readonly Given[]): Promise<T>;
  /** False takes the server off `/readyz`, under the name of the extension. */
  ready(ready: boolean): void;
}
