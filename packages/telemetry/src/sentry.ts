import { createRequire } from 'node:module';
import { TelemetryBootError } from './boot-error';
import type { ErrorListener } from './options';

/** What is used of `@sentry/node` 11. */
interface Sentry {
  init(options: object): void;
  captureException(error: unknown, hint: { readonly tags: Readonly<Record<string, string>> }): void;
}

/**
 * Tells Sentry of errors that nobody handled; needs the package `@sentry/node`. It makes no spans of
 * its own and patches nothing.
 *
 * @param dsn undefined or empty: nothing is told
 * @param options others of Sentry, such as `environment`
 * @throws BootError SENTRY_MISSING where the package is not installed
 * @example telemetry({ errors: sentry(process.env.SENTRY_DSN) })
 */
export function sentry(dsn: string | undefined, options: object = {}): ErrorListener {
  if (!dsn) return () => undefined;
  const client = load();
  client.init({ dsn, defaultIntegrations: false, skipOpenTelemetrySetup: true, ...options });
  return (error, { operation, requestId, traceId }) =>
    client.captureException(error, {
      tags: {
        operation,
        ...(requestId !== undefined && { request_id: requestId }),
        ...(traceId !== undefined && { trace_id: traceId }),
      },
    });
}

/** From where the program stands: it is its package, and not ours. */
function load(): Sentry {
  try {
    return createRequire(`${process.cwd()}/`)('@sentry/node') as Sentry;
  } catch (cause) {
    if ((cause as { readonly code?: string }).code !== 'MODULE_NOT_FOUND') throw cause;
    throw new TelemetryBootError(
      'SENTRY_MISSING',
      'sentry(dsn)',
      'The package @sentry/node is not installed.',
      'npm install @sentry/node',
    );
  }
}
