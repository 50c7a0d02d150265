import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import type { MetadataStorage } from '@mikro-orm/core';
import type { FastifyBaseLogger } from 'fastify';
import type { StatementListener } from '../connection/client';
import { relationRead } from './relation-read';
import { statementShape } from './statement-shape';

/** The statements of one request, by their shapes. */
interface Counted {
  readonly operation: string;
  readonly counts: Map<string, number>;
}

const current = new AsyncLocalStorage<Counted>();
/** Fastify says here which request it is about to handle; there is a cost only where somebody listens. */
const handled = channel('tracing:fastify.request.handler:start');
let listeners = 0;

/** What a watch looks at. */
export interface WatchOptions {
  /** Statements of one request that look alike, above which there is a warning; 0: none are counted. */
  readonly repeated: number;
  /** Milliseconds above which a statement is logged. */
  readonly slow: number;
  readonly metadata: () => MetadataStorage;
  readonly log: () => FastifyBaseLogger | undefined;
}

/** Warns of statements that are repeated within a request, and of slow ones. Values are in neither. */
export class StatementWatch implements Disposable {
  readonly #options: WatchOptions;

  constructor(options: WatchOptions) {
    this.#options = options;
    if (options.repeated > 0) follow();
  }

  readonly listener: StatementListener = (text, milliseconds) => {
    const { slow, repeated, log } = this.#options;
    const request = current.getStore();
    if (milliseconds > slow) {
      const operation = request?.operation;
      const statement = statementShape(text);
      log()?.warn(
        { operation, statement, milliseconds: Math.round(milliseconds) },
        'Slow statement',
      );
    }
    if (repeated === 0 || request === undefined) return;
    const statement = statementShape(text);
    const count = (request.counts.get(statement) ?? 0) + 1;
    request.counts.set(statement, count);
    if (count === repeated + 1) this.#warn(request.operation, statement);
  };

  [Symbol.dispose](): void {
    if (this.#options.repeated > 0) unfollow();
  }

  #warn(operation: string, statement: string): void {
    const { log, metadata, repeated } = this.#options;
    const relation = relationRead(statement, metadata());
    const advice =
      relation === undefined
        ? 'read the rows together'
        : `read ${relation.entity} with its relation: { populate: ['${relation.field}'] }`;
    log()?.warn(
      { operation, statement },
      `${operation} sent the same statement more than ${repeated} times: ${advice}`,
    );
  }
}

/** The operation whose request is handled, where requests are watched. */
export function operationNow(): string | undefined {
  return current.getStore()?.operation;
}

function follow(): void {
  if (listeners === 0)
    handled.bindStore(current, (message) => {
      const { route } = message as { route: { method: string; url?: string } };
      return { operation: `${route.method} ${route.url ?? ''}`, counts: new Map() };
    });
  listeners += 1;
}

function unfollow(): void {
  listeners -= 1;
  if (listeners === 0) handled.unbindStore(current);
}
