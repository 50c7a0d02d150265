import { trace } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import { redacted } from './redaction';

type Fields = Record<string, unknown>;
type Give = (bindings: Fields, ...rest: unknown[]) => unknown;
interface Formatters {
  readonly log?: (fields: Fields) => Fields;
}

/**
 * Has every line of a logger of pino, and of all that are made of it later, hide what is secret and
 * say which trace it belongs to. Other loggers are left as they are.
 */
export function completeLines(log: FastifyBaseLogger, names: ReadonlySet<string>): void {
  const formatters = symbolOf(log, 'pino.formatters');
  if (formatters === undefined) return;
  const pino = log as unknown as Record<symbol, unknown>;
  const before = (pino[formatters] ?? {}) as Formatters;
  pino[formatters] = {
    ...before,
    // Not a mixin, with which pino reads all fields before: a getter that throws would end the request.
    log: (fields: Fields) => ({
      ...traceFields(),
      ...redacted(names, before.log?.(fields) ?? fields),
    }),
  };
  // What a child is given is on each of its lines.
  for (const name of ['child', 'setBindings']) {
    const give = (log as unknown as Record<string, Give>)[name]!;
    Object.defineProperty(log, name, {
      configurable: true,
      writable: true,
      value(this: unknown, bindings: Fields, ...rest: unknown[]) {
        return give.call(this, redacted(names, bindings), ...rest);
      },
    });
  }
}

/** As OpenTelemetry names them in logs. */
function traceFields(): Fields {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}

/** The symbols of pino are those of the copy that made the logger. */
function symbolOf(log: object, description: string): symbol | undefined {
  for (let at: object | null = log; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertySymbols(at).find((one) => one.description === description);
    if (found !== undefined) return found;
  }
  return undefined;
}
