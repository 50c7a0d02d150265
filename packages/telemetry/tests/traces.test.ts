import { context } from '@opentelemetry/api';
import {
  Controller,
  dependency,
  Depends,
  Get,
  HTTPException,
  Injectable,
  Vivace,
  type int,
  type Provided,
  type VivaceOptions,
} from 'vivace';
import { testClient } from 'vivace/testing';
import { currentSpan, Span, telemetry, type TelemetryOptions } from '@vivace/telemetry';
import { Collector } from './collector';

const session = dependency(async function* () {
  await Promise.resolve();
  yield 'open';
});

@Injectable()
class Prices {
  @Span() async find(id: int): Promise<int> {
    await Promise.resolve();
    currentSpan()?.setAttribute('price.of', id);
    currentSpan()?.setAttribute('password', 'hunter2');
    return id * 2;
  }
}

/** What programs throw. */
const THROWN: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  text: () => 'text',
  symbol: () => Symbol('thrown'),
  unreadable: () =>
    Object.defineProperty({}, 'message', {
      get() {
        throw new Error('not even this');
      },
    }),
};

@Controller('/things')
class Things {
  constructor(private readonly prices: Prices) {}

  @Get('/:id') async read(
    id: int,
    @Depends(session) _opened: Provided<typeof session>,
  ): Promise<int> {
    if (id === 404) throw new HTTPException(404);
    if (id === 500) throw new TypeError('broken');
    return this.prices.find(id);
  }

  @Get('/thrown/:what') @Span() thrown(what: string): void {
    throw THROWN[what]!();
  }
}

const application = (options: TelemetryOptions = {}, more: VivaceOptions = {}): Vivace =>
  new Vivace({
    controllers: [Things],
    extensions: [telemetry({ service: 'things', ...options })],
    logger: false,
    ...more,
  });

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('a request', () => {
  it('is a span, and what happens inside is below it', async () => {
    await using collector = await Collector.open();
    {
      await using client = await testClient(application(), { env: collector.env });
      await client.get('/things/7?secret=1');
    }
    const request = await collector.span('GET /things/:id');
    expect(request).toMatchObject({ kind: 2, service: 'things' });
    expect(request.parentSpanId ?? '').toBe('');
    expect(request.attributes).toMatchObject({
      'http.request.method': 'GET',
      'http.route': '/things/:id',
      'http.response.status_code': 200,
      'code.function.name': 'Things.read',
    });
    const find = await collector.span('Prices.find');
    expect(collector.path(find)).toEqual(['Prices.find', 'GET /things/:id']);
    expect(find.attributes).toEqual({ 'price.of': 7, password: '[redacted]' });
    for (const name of ['session', 'close session'])
      expect(collector.path(await collector.span(name))).toEqual([name, 'GET /things/:id']);
    expect(collector.texts.join()).not.toMatch(/hunter2|secret=1/);
  });

  it.each(Object.keys(THROWN))(
    'that fails with what is no error is a failed span: %s',
    async (what) => {
      await using collector = await Collector.open();
      {
        await using client = await testClient(application(), {
          env: collector.env,
          raiseErrors: false,
        });
        expect((await client.get(`/things/thrown/${what}`)).status).toBe(500);
      }
      for (const name of ['Things.thrown', 'GET /things/thrown/:what'])
        expect((await collector.span(name)).status.code).toBe(2);
    },
  );

  it('that fails says so, and an answer of 404 is no error', async () => {
    await using collector = await Collector.open();
    {
      await using client = await testClient(application(), {
        env: collector.env,
        raiseErrors: false,
      });
      await client.get('/things/404');
      await client.get('/things/500');
    }
    const status = (code: int) =>
      collector.spans.find(({ attributes }) => attributes['http.response.status_code'] === code)
        ?.status;
    expect(status(404)?.code ?? 0).toBe(0);
    expect(status(500)).toMatchObject({ code: 2, message: 'broken' });
  });

  it('of a stranger is linked to the trace that it says it belongs to', async () => {
    await using collector = await Collector.open();
    {
      await using client = await testClient(application(), { env: collector.env });
      await client.get('/things/7', { headers: { traceparent: PARENT } });
    }
    const { traceId, links } = await collector.span('GET /things/:id');
    expect(traceId).not.toBe('0af7651916cd43dd8448eb211c80319c');
    expect(links).toMatchObject([
      { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' },
    ]);
  });

  it('of a proxy that is trusted goes on with its trace, and is kept if that is', async () => {
    await using collector = await Collector.open();
    {
      const app = application({ traces: { sample: 0 } }, { trustProxy: '127.0.0.1' });
      await using client = await testClient(app, { env: collector.env });
      await client.get('/things/7', { headers: { traceparent: PARENT } });
      await client.get('/things/8');
      await client.get('/things/9', { headers: { traceparent: PARENT.replace(/01$/, '00') } });
    }
    const requests = collector.spans.filter(({ name }) => name === 'GET /things/:id');
    expect(requests).toMatchObject([
      { traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' },
    ]);
  });
});

describe('what the environment says', () => {
  it('wins over the options', async () => {
    await using collector = await Collector.open();
    {
      const env = {
        ...collector.env,
        OTEL_SERVICE_NAME: 'shop',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.name=other',
        OTEL_TRACES_SAMPLER: 'always_on',
      };
      await using client = await testClient(application({ traces: { sample: 0 } }), { env });
      await client.get('/things/7');
    }
    expect((await collector.span('GET /things/:id')).service).toBe('shop');
    expect(collector.headers[0]).toMatchObject({ authorization: 'Bearer x' });
    expect(collector.texts[0]).toContain('deployment.environment.name');
  });

  it.each([
    ['no endpoint', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, {}],
    ['the SDK is off', { OTEL_SDK_DISABLED: 'true' }, {}],
    ['no exporter', { OTEL_TRACES_EXPORTER: 'none' }, {}],
    ['the option is off', {}, { traces: false }],
  ] as const)(
    'where there is %s nothing is sent, and the code is the same text',
    async (_, env, options) => {
      await using collector = await Collector.open();
      const plain = new Vivace({ controllers: [Things], logger: false });
      const before = await plain.explain('GET /things/:id');
      await using client = await testClient(application(options), {
        env: { ...collector.env, ...env },
      });
      expect(await application(options).explain('GET /things/:id')).toBe(before);
      await client.get('/things/7');
      expect(collector.headers).toEqual([]);
    },
  );

  it.each(['traceidratio', 'parentbased_traceidratio'])(
    'chooses whole traces: %s',
    async (sampler) => {
      await using collector = await Collector.open();
      {
        const env = {
          ...collector.env,
          OTEL_TRACES_SAMPLER: sampler,
          OTEL_TRACES_SAMPLER_ARG: '0.5',
        };
        await using client = await testClient(application(), { env });
        for (let request = 0; request < 60; request++) await client.get('/things/7');
      }
      const traces = Map.groupBy(collector.spans, ({ traceId }) => traceId);
      expect(traces.size).toBeGreaterThan(0);
      expect(traces.size).toBeLessThan(60);
      for (const spans of traces.values())
        expect(spans.map(({ name }) => name).toSorted()).toEqual([
          'GET /things/:id',
          'Prices.find',
          'close session',
          'session',
        ]);
    },
  );

  it('makes what it prints have its channels', async () => {
    await using collector = await Collector.open();
    await using _client = await testClient(application(), { env: collector.env });
    expect(await application().explain('GET /things/:id')).toContain('$trace$');
  });

  it('leaves out dependencies where the options do', async () => {
    await using collector = await Collector.open();
    {
      const app = application({ traces: { dependencies: false } });
      await using client = await testClient(app, { env: collector.env });
      await client.get('/things/7');
    }
    expect(collector.spans.map(({ name }) => name).toSorted()).toEqual([
      'GET /things/:id',
      'Prices.find',
    ]);
  });
});

describe('a collector', () => {
  const asked = async (collector: Collector, requests = 3000): Promise<readonly string[]> => {
    const lines: string[] = [];
    const logger = { level: 'warn', stream: { write: (line: string) => void lines.push(line) } };
    const began = performance.now();
    const app = application({ traces: { dependencies: false } }, { logger });
    const client = await testClient(app, { env: collector.env });
    for (let sent = 0; sent < requests; sent += 100)
      await Promise.all(
        Array.from({ length: 100 }, async () =>
          expect((await client.get('/things/7')).status).toBe(200),
        ),
      );
    const text = (await client.get('/metrics')).text;
    const closing = performance.now();
    await client[Symbol.asyncDispose]();
    expect(performance.now() - closing).toBeLessThan(4000);
    expect(closing).toBeGreaterThan(began);
    return [text, ...lines];
  };

  it('that does not answer holds up no request, and what is dropped is counted and said once', async () => {
    await using collector = await Collector.open();
    collector.answer = () => undefined;
    const [text, ...lines] = await asked(collector);
    expect(Number(/^telemetry_spans_lost_total (\d+)$/m.exec(text!)?.[1])).toBeGreaterThan(1000);
    expect(lines.filter((line) => line.includes('Spans are lost'))).toHaveLength(1);
  });

  it('that refuses is told of once too', async () => {
    await using collector = await Collector.open();
    collector.answer = (reply) => void reply.writeHead(400).end();
    const [, ...lines] = await asked(collector, 1000);
    expect(lines.filter((line) => line.includes('Spans are lost'))).toHaveLength(1);
  });
});

test('after the last server has closed nothing of it is left', async () => {
  await using collector = await Collector.open();
  {
    await using _first = await testClient(application(), { env: collector.env });
    await using _second = await testClient(application(), { env: collector.env });
  }
  expect(await application().explain('GET /things/:id')).not.toContain('$trace$');
  expect(context.active()).toBeDefined();
  expect(currentSpan()).toBeUndefined();
});
