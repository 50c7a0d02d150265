import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { telemetry, type TelemetryOptions } from '@vivace/telemetry';
import { TELEMETRY_BOOT_ERRORS } from '../src/boot-error';

const page = readFileSync(join(__dirname, '../../../docs/telemetry-errors.md'), 'utf8');

describe('the table of boot errors', () => {
  it('is the page of the documentation', () => {
    const sections = [...page.matchAll(/^## `([A-Z_]+)`\n\n(.+)\n\n```text\n\[\1\] /gm)];
    expect(Object.fromEntries(sections.map(([, code, what]) => [code, what]))).toEqual(
      TELEMETRY_BOOT_ERRORS,
    );
  });

  it('has every code that the sources throw, and no other', () => {
    const root = join(__dirname, '../src');
    const thrown = globSync('**/*.ts', { cwd: root }).flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(/TelemetryBootError\(\s*'([A-Z_]+)'/g),
      ].map(([, code]) => code!),
    );
    expect(new Set(thrown)).toEqual(new Set(Object.keys(TELEMETRY_BOOT_ERRORS)));
  });
});

describe('a telemetry that cannot work', () => {
  const boot = (options: TelemetryOptions, env: Readonly<Record<string, string>> = {}) =>
    testClient(new Vivace({ extensions: [telemetry(options)], logger: false }), { env });

  it.each([
    ['TELEMETRY_ENDPOINT', {}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }],
    ['TELEMETRY_OPTION', { traces: { sample: 10 } }, {}],
  ])('shows the message of the page: %s', async (code, options, env) => {
    const said = new RegExp(`\`\`\`text\\n(\\[${code}\\][^]*?)\\n\`\`\``).exec(page)![1];
    await expect(boot(options, env)).rejects.toThrow(said);
  });

  it.each([
    [{ metrics: { path: 'metrics' } }, {}],
    [{ metrics: { port: 70_000 } }, {}],
    [{ metrics: { buckets: [1, 0.5] } }, {}],
    [{ metrics: { buckets: [1, Infinity] } }, {}],
    [{ metrics: { buckets: [NaN] } }, {}],
    ...[
      { OTEL_TRACES_EXPORTER: 'zipkin' },
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc' },
    ].map((env): [TelemetryOptions, Readonly<Record<string, string>>] => [
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', ...env },
    ]),
    [
      {},
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
        OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%0Ab',
      },
    ],
    [
      {},
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'api key=ab',
      },
    ],
    [{ metrics: { allow: ['10.0.0.0/99'] } }, {}],
    [{ metrics: { allow: ['localhost'] } }, {}],
    [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_TRACES_SAMPLER: 'jaeger_remote' }],
    [
      {},
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
        OTEL_TRACES_SAMPLER: 'traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '7',
      },
    ],
  ])('as it has %j with %j is refused', (options, env) =>
    expect(boot(options as TelemetryOptions, env)).rejects.toThrow('[TELEMETRY_OPTION]'),
  );

  it('takes a variable that is empty for one that is not set', async () => {
    const names = ['ENDPOINT', 'HEADERS', 'TRACES_HEADERS'].map((name) => `EXPORTER_OTLP_${name}`);
    names.push('TRACES_SAMPLER', 'TRACES_SAMPLER_ARG', 'SERVICE_NAME', 'RESOURCE_ATTRIBUTES');
    const env = Object.fromEntries(names.map((name) => [`OTEL_${name}`, '']));
    await (await boot({}, env)).close();
    await (await boot({}, { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })).close();
  });
});
