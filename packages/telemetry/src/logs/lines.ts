import { trace } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import { hidden, redacted } from './redaction';

type Fields = Record<string, unknown>;
type Format = (fields: Fields) => Fields;
type Serializers = Readonly<Record<string | symbol, (value: unknown) => unknown>>;
/** What a logger and its children are made with; the rest of it writes no fields. */
interface Writing {
  readonly formatters?: { readonly log?: Format; readonly bindings?: Format };
  readonly serializers?: Serializers;
}
type Give = (bindings: Fields, options?: Writing, ...rest: unknown[]) => unknown;

/**
 * Has every line of a logger of pino, and of all that are made of it later, hide what is secret and
 * say which trace it belongs to. Other loggers are left as they are.
 */
export function completeLines(log: FastifyBaseLogger, names: ReadonlySet<string>): void {
  const formatters = symbolOf(log, 'pino.formatters');
  if (formatters === undefined) return;
  const pino = log as unknown as Record<symbol, unknown>;
  const before = pino[formatters] as Writing['formatters'];
  // Not a mixin, with which pino reads all fields before: a getter that throws would end the request.
  pino[formatters] = { ...before, log: complete(before?.log ?? ((fields) => fields), names) };
  const serializers = symbolOf(log, 'pino.serializers');
  if (serializers !== undefined)
    pino[serializers] = hiding(pino[serializers] as Serializers, names);
  // What a child is given is on each of its lines.
  for (const name of ['child', 'setBindings']) {
    const give = (log as unknown as Record<string, Give>)[name]!;
    Object.defineProperty(log, name, {
      configurable: true,
      writable: true,
      value(this: unknown, bindings: Fields, options?: Writing, ...rest: unknown[]) {
        return give.call(this, redacted(names, bindings), written(options, names), ...rest);
      },
    });
  }
}

function complete(format: Format, names: ReadonlySet<string>): Format {
  return (fields) => ({ ...traceFields(), ...redacted(names, format(fields)) });
}

/** They come after the formatters, and make fields of what is looked into by nobody else. */
function hiding(serializers: Serializers, names: ReadonlySet<string>): Serializers {
  const made: Record<string | symbol, (value: unknown) => unknown> = {};
  for (const name of Reflect.ownKeys(serializers))
    made[name] = (value) => hidden(names, serializers[name]!(value));
  return made;
}

/** What a child brings itself takes the place of what the logger has. */
function written(options: Writing | undefined, names: ReadonlySet<string>): Writing | undefined {
  if (!options?.formatters && !options?.serializers) return options;
  const { formatters, serializers } = options;
  const { log, bindings } = formatters ?? {};
  return {
    ...options,
    ...(formatters && {
      formatters: {
        ...formatters,
        ...(log && { log: complete(log, names) }),
        ...(bindings && { bindings: (fields: Fields) => redacted(names, bindings(fields)) }),
      },
    }),
    ...(serializers && { serializers: hiding(serializers, names) }),
  };
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
