export { telemetry } from './telemetry';
export type {
  ErrorContext,
  ErrorListener,
  MetricsOptions,
  TelemetryOptions,
  TraceOptions,
} from './options';
export { Metrics, type Counter, type Histogram } from './metrics/metrics';
export { currentSpan, Span } from './span';
