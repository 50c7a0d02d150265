import { readFileSync } from 'node:fs';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Plan } from 'vivace/extend';
import { TelemetryBootError } from './boot-error';
import { addressList } from './metrics/access';
import type { TelemetryOptions } from './options';
import { redactedNames } from './logs/redaction';

/** Which traces that begin here are kept: the names are those of OpenTelemetry. */
export interface SamplerSettings {
  /** Of the traces that begin here, 0 to 1. */
  readonly ratio: number;
  /** Whether what a caller decided counts. */
  readonly parentBased: boolean;
}

/** Where spans go, and which are made. */
export interface TraceSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly resource: Readonly<Record<string, string>>;
  readonly sampler: SamplerSettings;
  readonly dependencies: boolean;
  /** Of fields that no span shows. */
  readonly redact: ReadonlySet<string>;
  /** Whether a caller at this address says the truth of the trace it is in. */
  readonly trusts: (address: string) => boolean;
}

/** The options with their defaults and what the environment says of them. */
export interface TelemetrySettings {
  readonly traces: TraceSettings | undefined;
  readonly metrics:
    | {
        readonly path: string;
        readonly port: number | undefined;
        readonly allows: (address: string) => boolean;
        readonly buckets: readonly number[];
      }
    | undefined;
  readonly redact: ReadonlySet<string>;
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** @throws TelemetryBootError */
export function settingsOf(options: TelemetryOptions, plan: Plan): TelemetrySettings {
  const { traces = {}, metrics = {}, redact = [] } = options;
  const off = plan.env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true';
  const hidden = redactedNames(redact);
  const url = traces === false || off ? undefined : endpointOf(plan.env);
  const sample = traces === false ? 0 : (traces.sample ?? (plan.production ? 0.1 : 1));
  if (!(sample >= 0 && sample <= 1)) throw outOf('traces.sample', sample, 'a part from 0 to 1');
  return {
    traces:
      url === undefined
        ? undefined
        : {
            url,
            headers: headersOf(plan.env),
            resource: {
              'service.name': options.service ?? packageName(),
              ...pairs(plan.env['OTEL_RESOURCE_ATTRIBUTES']),
              ...(plan.env['OTEL_SERVICE_NAME'] && {
                'service.name': plan.env['OTEL_SERVICE_NAME'],
              }),
            },
            sampler: samplerOf(plan.env, sample),
            dependencies: traces !== false && traces.dependencies !== false,
            redact: hidden,
            trusts: plan.trusts,
          },
    metrics: metrics === false || off ? undefined : metricsOf(metrics),
    redact: hidden,
  };
}

function metricsOf({
  path = '/metrics',
  port,
  allow,
  buckets = BUCKETS,
}: Exclude<TelemetryOptions['metrics'], false | undefined>): NonNullable<
  TelemetrySettings['metrics']
> {
  if (!/^\/\S*$/.test(path)) throw outOf('metrics.path', path, "a path: '/metrics'");
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw outOf('metrics.port', port, 'a port: 9464');
  const ascending = buckets.every(
    (bound, index) => Number.isFinite(bound) && bound > (buckets[index - 1] ?? 0),
  );
  if (buckets.length === 0 || !ascending)
    throw outOf('metrics.buckets', buckets, 'seconds that grow: [0.1, 1, 10]');
  return { path, port, allows: addressList(allow), buckets };
}

function outOf(option: string, seen: unknown, write: string): TelemetryBootError {
  const where = `telemetry({ ${option} })`;
  return new TelemetryBootError('TELEMETRY_OPTION', where, `It is ${String(seen)}.`, write);
}

/** By the specification of OpenTelemetry. */
function endpointOf(env: Plan['env']): string | undefined {
  const own = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  const shared = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const given = own || shared;
  if (!given || isLeftOut(env)) return undefined;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new TelemetryBootError(
      'TELEMETRY_ENDPOINT',
      own ? 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' : 'OTEL_EXPORTER_OTLP_ENDPOINT',
      `'${given}' is no address over HTTP.`,
      'http://collector:4318',
    );
  return own ? url.href : `${url.href.replace(/\/$/, '')}/v1/traces`;
}

/** Whether no spans are wanted; anything but OTLP over HTTP is refused, where spans would go elsewhere or nowhere. */
function isLeftOut(env: Plan['env']): boolean {
  const wanted: readonly (readonly [name: string, known: readonly string[]])[] = [
    ['OTEL_TRACES_EXPORTER', ['otlp', 'none']],
    ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', ['http/json', 'http/protobuf']],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', ['http/json', 'http/protobuf']],
  ];
  for (const [name, known] of wanted) {
    const value = env[name] || known[0]!;
    if (!known.includes(value))
      throw new TelemetryBootError(
        'TELEMETRY_OPTION',
        name,
        `'${value}' is not spoken here: spans leave as OTLP over HTTP, in JSON.`,
        `${known.join(' or ')}, and the address of the collector's port for HTTP (4318)`,
      );
  }
  return env['OTEL_TRACES_EXPORTER'] === 'none';
}

/** `OTEL_TRACES_SAMPLER` with its argument, else the part that the options say. */
function samplerOf(env: Plan['env'], sample: number): SamplerSettings {
  // One that is empty is not set.
  const name = env['OTEL_TRACES_SAMPLER'] || 'parentbased_traceidratio';
  const kind = name.replace(/^parentbased_/, '');
  const argument = env['OTEL_TRACES_SAMPLER'] && env['OTEL_TRACES_SAMPLER_ARG'];
  const ratio = argument ? Number(argument) : env['OTEL_TRACES_SAMPLER'] ? 1 : sample;
  const ratios = { always_on: 1, always_off: 0, traceidratio: ratio };
  if (!Object.hasOwn(ratios, kind) || !(ratio >= 0 && ratio <= 1))
    throw new TelemetryBootError(
      'TELEMETRY_OPTION',
      'OTEL_TRACES_SAMPLER',
      `'${name}' with '${argument ?? ''}' is no sampler that is known here.`,
      'parentbased_traceidratio, and OTEL_TRACES_SAMPLER_ARG=0.1',
    );
  return { ratio: ratios[kind as keyof typeof ratios], parentBased: kind !== name };
}

/** What goes with all spans; those of traces alone win. */
function headersOf(env: Plan['env']): Readonly<Record<string, string>> {
  const own = env['OTEL_EXPORTER_OTLP_TRACES_HEADERS'];
  const headers = pairs(own || env['OTEL_EXPORTER_OTLP_HEADERS']);
  for (const [name, value] of Object.entries(headers))
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw new TelemetryBootError(
        'TELEMETRY_OPTION',
        own ? 'OTEL_EXPORTER_OTLP_TRACES_HEADERS' : 'OTEL_EXPORTER_OTLP_HEADERS',
        `'${name}' is no header, or its value cannot be one.`,
        'authorization=Bearer%20…, separated by commas',
      );
    }
  return headers;
}

/** `a=1,b=2`, percent-encoded. */
function pairs(text = ''): Record<string, string> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0 ? [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())]] : [];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function packageName(): string {
  try {
    const { name } = JSON.parse(readFileSync('package.json', 'utf8')) as { name?: unknown };
    return typeof name === 'string' ? name : 'vivace';
  } catch {
    return 'vivace';
  }
}
