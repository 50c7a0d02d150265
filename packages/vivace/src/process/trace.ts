import { tracingChannel } from 'node:diagnostics_channel';
import type { Writable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Request } from '../declare/context-classes';
import { isThenable } from '../errors/async';

/**
 * What the tracing channels of `node:diagnostics_channel` publish: `vivace:request` from before the middleware until the answer is sent,
 * `vivace:dependency` while a dependency is resolved, and apart from that while it closes, `vivace:entry` while an entry point runs. Who wants to hear of them subscribes
 * before a server is built: functions are compiled with them only where somebody listens.
 */
export interface TraceMessage {
  /** The method, the dependency or the entry point: `Users.read`. */
  readonly name: string;
  /** The operation with its route template, `GET /users/:id`, or what else it is part of. */
  readonly operation: string;
  /** Whether it is the clean-up of a dependency. */
  readonly closing?: boolean;
  /** Undefined outside HTTP. */
  readonly request?: Request | undefined;
  /** That of Fastify, of `vivace:request`. */
  readonly fastify?: FastifyRequest;
  /** The id of the request. */
  readonly id?: string;
  /** Who sent it, as far as that was found out. */
  readonly userId?: string | number | undefined;
  /** The status of the answer, once it is sent. */
  readonly status?: number | undefined;
  /** What was thrown. */
  error?: unknown;
  /** Whether it ended without waiting: after `end` nothing follows. */
  immediate?: boolean;
  /**
   * Set while `start` is told, by who listens: nothing more of this has to be published, nor of what
   * it is made of.
   */
  quiet?: boolean;
}

/** On a request of which nothing more has to be published. */
export const QUIET = Symbol('vivace.quiet');

/** Publishes what happens around a call; gives its result, and throws its error. */
export type Trace = <T>(message: TraceMessage, run: () => T, until?: Writable) => T;

/** The trace of a channel; undefined where nobody listens now. With `until`, it ends when that has been written or broken off. */
export function traceOf(kind: 'request' | 'dependency' | 'entry'): Trace | undefined {
  const channel = tracingChannel<unknown, TraceMessage>(`vivace:${kind}`);
  if (!channel.hasSubscribers) return undefined;
  const { start, end, asyncStart, asyncEnd, error } = channel;
  const settled = (message: TraceMessage): void => {
    asyncStart.publish(message);
    asyncEnd.publish(message);
  };
  const failed = (message: TraceMessage, cause: unknown): void => {
    message.error = cause;
    error.publish(message);
  };
  return (message, run, until) =>
    start.runStores(message, () => {
      if (message.quiet === true) return run();
      // It closes once only, and `once` would keep more for each.
      until?.on('close', () => settled(message));
      try {
        const result = run();
        if (!isThenable(result)) {
          if (until === undefined) message.immediate = true;
          return result;
        }
        return Promise.resolve(result).then(
          (value) => {
            if (until === undefined) settled(message);
            return value;
          },
          (cause: unknown) => {
            failed(message, cause);
            if (until === undefined) settled(message);
            throw cause;
          },
        ) as unknown as typeof result;
      } catch (cause) {
        failed(message, cause);
        throw cause;
      } finally {
        end.publish(message);
      }
    });
}
