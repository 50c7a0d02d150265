import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import type { Attributes, Meter } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { FastifyBaseLogger } from 'fastify';
import { gauges, type Gauge } from 'vivace/extend';
import { escaped } from './escaped';
import { Metrics, type Counter, type Histogram } from './metrics';

/** Milliseconds that reading one number may take: whoever asks waits for it. */
const PATIENCE = 400;
const NAME = /^[a-z][a-z0-9_]*$/;
/** Labels that Prometheus and several workers have for themselves. */
const TAKEN: ReadonlySet<string> = new Set(['le', 'quantile', 'worker']);

interface Kept {
  readonly said: string;
  readonly instrument: unknown;
}

/** The numbers of one server, by the SDK of OpenTelemetry. */
export class Registry extends Metrics {
  readonly #reader = new Reader();
  readonly #provider = new MeterProvider({ readers: [this.#reader] });
  readonly #meter: Meter = this.#provider.getMeter('vivace');
  readonly #kept = new Map<string, Kept>();
  /** Which number has a name in the text. */
  readonly #told = new Map<string, string>();
  readonly #reads = new Map<string, { readonly help: string; read: () => unknown }>();
  // Without names of scopes and the resource: Prometheus has labels of its own for what it asks.
  readonly #serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  readonly #texts: (() => string)[] = [];
  readonly #buckets: readonly number[];
  readonly #log: FastifyBaseLogger;
  readonly #failed: Counter<'of'>;

  constructor(buckets: readonly number[], log: FastifyBaseLogger) {
    super();
    this.#buckets = buckets;
    this.#log = log;
    this.#failed = this.counter('metrics_reads_failed', 'Numbers that could not be read', ['of']);
  }

  override counter<const L extends string = never>(
    name: string,
    help: string,
    labels: readonly L[] = [],
  ): Counter<L> {
    return this.#once('counter', name.replace(/_total$/, ''), help, labels, (plain) => {
      const counter = this.#meter.createCounter(plain, { description: help });
      return {
        add: (value = 1, given?) => {
          if (this.#counts(name, value, 0)) counter.add(value, declared(labels, given));
        },
      };
    });
  }

  override histogram<const L extends string = never>(
    name: string,
    help: string,
    labels: readonly L[] = [],
  ): Histogram<L> {
    return this.#once('histogram', name, help, labels, () => {
      const advice = { explicitBucketBoundaries: [...this.#buckets] };
      const histogram = this.#meter.createHistogram(name, { description: help, advice });
      return {
        record: (value, given?) => {
          if (this.#counts(name, value, -Infinity))
            histogram.record(value, declared(labels, given));
        },
      };
    });
  }

  override gauge(name: string, help: string, read: () => number | Promise<number>): void {
    this.#once('gauge', name, help, [], () => true);
    this.#reads.set(name, { help, read });
  }

  /** All of them, in the text format of Prometheus. */
  async text(): Promise<string> {
    // Read first, so that what could not be read is counted in the same text.
    const told = await Promise.all([
      this.#inTime('packages', gauges),
      ...[...this.#reads].map(([name, { help, read }]) =>
        this.#inTime(name, async () => [{ name, help, value: Number(await read()) }]),
      ),
    ]);
    const { resourceMetrics } = await this.#reader.collect();
    const counted = this.#serializer.serialize(resourceMetrics);
    // Where nothing was counted yet, it is a comment that says so.
    const families = counted.startsWith('# HELP') ? `${counted.trimEnd()}\n\n` : '';
    const texts = this.#texts.map((read) => read());
    return [families, ...texts, ...textOf(told.flat())].join('');
  }

  /** Adds a family of its own to the text, whose name nobody else may use. */
  append(name: string, read: () => string): void {
    this.#kept.set(name, { said: 'of the telemetry', instrument: undefined });
    for (const one of toldAs('histogram', name)) this.#told.set(one, name);
    this.#texts.push(read);
  }

  async close(): Promise<void> {
    await this.#provider.shutdown();
  }

  #once<T>(
    kind: string,
    name: string,
    help: string,
    labels: readonly string[],
    make: (name: string) => T,
  ): T {
    if (!NAME.test(name)) throw new TypeError(`'${name}' is no name of a number: orders_placed.`);
    const wrong = labels.find((label) => !NAME.test(label) || TAKEN.has(label));
    if (wrong !== undefined) throw new TypeError(`'${wrong}' is no name of a label of '${name}'.`);
    const said = JSON.stringify([kind, help, labels]);
    const known = this.#kept.get(name);
    if (known !== undefined && known.said !== said)
      throw new TypeError(
        `'${name}' is there already, with another kind, help or labels: ${known.said}.`,
      );
    const names = toldAs(kind, name);
    // Prometheus refuses all numbers where one name is there twice.
    const twice = names.find((one) => (this.#told.get(one) ?? name) !== name);
    if (twice !== undefined)
      throw new TypeError(
        `'${name}' would be told as '${twice}', which '${this.#told.get(twice)}' has already.`,
      );
    for (const one of names) this.#told.set(one, name);
    const instrument = known?.instrument ?? make(name);
    this.#kept.set(name, { said, instrument });
    return instrument as T;
  }

  /** Once added, NaN would be all that there is for ever. */
  #counts(name: string, value: number, least: number): boolean {
    const counts = Number.isFinite(value) && value >= least;
    if (!counts) this.#log.warn({ number: name, value: String(value) }, 'It cannot be counted');
    return counts;
  }

  async #inTime(of: string, read: () => Promise<readonly Gauge[]>): Promise<readonly Gauge[]> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('It took too long.')), PATIENCE);
    try {
      return await Promise.race([read(), late]);
    } catch (err) {
      this.#failed.add(1, { of });
      this.#log.warn({ err, number: of }, 'A number could not be read');
      return [];
    } finally {
      clearTimeout(timer);
    }
  }
}

/** It is read when Prometheus asks. */
class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** The names that a number has in the text. */
function toldAs(kind: string, name: string): readonly string[] {
  if (kind === 'gauge') return [name];
  return kind === 'counter'
    ? [`${name}_total`]
    : ['', '_bucket', '_count', '_sum'].map((ending) => name + ending);
}

const NONE: Readonly<Record<string, string>> = Object.freeze({});

/** Nothing but what was declared, whatever JavaScript passes. */
function declared(
  labels: readonly string[],
  given: Readonly<Record<string, string>> = NONE,
): Attributes {
  if (labels.length === 0) return NONE;
  return Object.fromEntries(labels.map((label) => [label, String(given[label] ?? '')]));
}

/** A help, as Prometheus reads it. */
function oneLine(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function written(value: number): string {
  return String(value).replace(/^(-?)Infinity$/, (_, sign: string) => `${sign || '+'}Inf`);
}

function textOf(told: readonly Gauge[]): readonly string[] {
  return Object.values(Object.groupBy(told, ({ name }) => name)).flatMap((family = []) => [
    `# HELP ${family[0]!.name} ${oneLine(family[0]!.help)}\n# TYPE ${family[0]!.name} gauge\n`,
    ...family.map(({ name, value, labels = {} }) => {
      const said = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
      return `${name}${said.length === 0 ? '' : `{${said.join(',')}}`} ${written(value)}\n`;
    }),
    '\n',
  ]);
}
