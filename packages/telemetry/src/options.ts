/** What happened around an error that nobody handled. */
export interface ErrorContext {
  /** `GET /orders/:id: Orders.read (src/orders.ts:12)`, or the entry point: `SendInvoice`. */
  readonly operation: string;
  /** Undefined outside HTTP. */
  readonly requestId?: string;
  /** Undefined where no traces are made. */
  readonly traceId?: string;
}

/** Told of errors that nobody handled. */
export type ErrorListener = (error: unknown, context: ErrorContext) => void;

/** Which spans are made. */
export interface TraceOptions {
  /**
   * The part of the traces that begin here, 0 to 1.
   * @default 0.1 in production, else 1
   */
  readonly sample?: number;
  /**
   * Whether dependencies have spans.
   * @default true
   */
  readonly dependencies?: boolean;
}

/** Who may ask for numbers, and where. */
export interface MetricsOptions {
  /** @default `/metrics` */
  readonly path?: string;
  /** A port of their own, in place of that of the application; 0: any that is free. */
  readonly port?: number;
  /**
   * Addresses and ranges that are answered, such as `10.0.0.0/8`; all others get 404.
   * @default loopback and private ones
   */
  readonly allow?: readonly string[];
  /** Upper bounds of the times of requests, in seconds. */
  readonly buckets?: readonly number[];
}

/** What an application tells of itself. */
export interface TelemetryOptions {
  /** What it is called; `OTEL_SERVICE_NAME` wins. The name of the package by default. */
  readonly service?: string;
  /** Sent to `OTEL_EXPORTER_OTLP_ENDPOINT`; without it no span is made. */
  readonly traces?: false | TraceOptions;
  /** Numbers for Prometheus. */
  readonly metrics?: false | MetricsOptions;
  /** Told of each error that nobody handled, once. */
  readonly errors?: ErrorListener;
  /** More names of fields that logs and spans never show. */
  readonly redact?: readonly string[];
}
