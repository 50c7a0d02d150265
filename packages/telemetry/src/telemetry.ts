import type { FastifyInstance } from 'fastify';
import { dependency, provide, type Dependency } from 'vivace';
import type { Extension, Plan } from 'vivace/extend';
import { tellErrors } from './errors';
import { completeLines } from './logs/lines';
import { mayAsk } from './metrics/access';
import { MetricsAnswer } from './metrics/answer';
import { countEvents } from './metrics/events';
import { Metrics } from './metrics/metrics';
import { listenOwn } from './metrics/own-port';
import { countProcess } from './metrics/process';
import { Registry } from './metrics/registry';
import { countRequests } from './metrics/requests';
import type { TelemetryOptions } from './options';
import { settingsOf, type TelemetrySettings } from './settings';
import { Tracing } from './tracing/tracing';

/** What is known of the server that is built. */
interface Context {
  settings?: TelemetrySettings;
  log?: Plan['log'];
  registry?: Registry;
  answer?: MetricsAnswer;
}

/**
 * Has an application tell of itself: traces to a collector of OpenTelemetry, numbers for Prometheus,
 * log lines that name their trace and hide what is secret, and errors that nobody handled. It stands
 * first among the extensions, so that it sees the others open and close.
 *
 * @throws BootError at boot, for options and variables that cannot work
 * @example new Vivace({ controllers: [Orders], extensions: [telemetry(), database({ entities })] });
 */
export function telemetry(options: TelemetryOptions = {}): Extension {
  const context: Context = {};
  const registry = registryOf(context);
  return {
    name: 'telemetry',
    singletons: [
      registry,
      singleton('traces', { registry }, ({ registry }) => openTraces(context, registry)),
      singleton('errors', {}, () => openErrors(context, options)),
      singleton('port of metrics', {}, () => openPort(context)),
    ],
    provide: [provide(Metrics, registry)],
    check: (plan) => {
      context.settings = settingsOf(options, plan);
      context.log = plan.log;
      completeLines(plan.log, context.settings.redact);
    },
    plugin: (fastify) => {
      const { registry, settings } = context;
      if (registry !== undefined && settings?.metrics !== undefined)
        countRequests(fastify, registry, settings.metrics.buckets);
    },
    probes: (fastify) => answerMetrics(fastify, context),
  };
}

function registryOf(context: Context): Dependency<Registry> {
  return dependency(
    async function* () {
      const { metrics } = context.settings!;
      const registry = new Registry(metrics?.buckets ?? [1], context.log!);
      const stop = metrics === undefined ? [] : [countProcess(registry), countEvents()];
      using answer = new MetricsAnswer(registry);
      Object.assign(context, { registry, answer });
      yield registry;
      for (const end of stop) end();
      await registry.close();
    },
    { lifetime: 'singleton', name: 'metrics' },
  );
}

/** Something that is open as long as the server. */
function singleton<I extends Readonly<Record<string, Dependency<unknown>>>>(
  name: string,
  inputs: I,
  open: (given: {
    -readonly [K in keyof I]: I[K] extends Dependency<infer T> ? T : never;
  }) => Promise<AsyncDisposable | undefined>,
): Dependency<void> {
  return dependency(
    inputs,
    async function* (given) {
      await using _ = await open(given as Parameters<typeof open>[0]);
      yield;
    },
    { lifetime: 'singleton', name },
  );
}

async function openTraces({ settings, log }: Context, registry: Registry) {
  if (settings?.traces === undefined) return undefined;
  const lost = registry.counter('telemetry_spans_lost', 'Spans that the collector did not take');
  return Tracing.open(settings.traces, log!, (spans) => lost.add(spans));
}

async function openErrors({ log }: Context, { errors }: TelemetryOptions) {
  if (errors === undefined) return undefined;
  const stop = tellErrors(errors, log!);
  return { [Symbol.asyncDispose]: async () => stop() };
}

async function openPort({ settings, log, answer }: Context) {
  const { metrics } = settings!;
  if (metrics?.port === undefined) return undefined;
  return listenOwn(answer!, { ...metrics, port: metrics.port, log: log! });
}

function answerMetrics(fastify: FastifyInstance, { settings, answer }: Context): void {
  const metrics = settings?.metrics;
  if (answer === undefined || metrics === undefined || metrics.port !== undefined) return;
  fastify.get(metrics.path, async (request, reply) => {
    if (!mayAsk(request, metrics.allows)) return reply.code(404).send({ detail: 'Not Found' });
    return reply.type(MetricsAnswer.type).send(await answer.text());
  });
}
