import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Controller, Get, Injectable, Post, Vivace, type int, type VivaceOptions } from 'vivace';
import { testClient } from 'vivace/testing';
import { Metrics, telemetry, type MetricsOptions } from '@vivace/telemetry';
import { samplesOf } from './prometheus';

@Injectable()
class Orders {
  readonly #placed;
  constructor(metrics: Metrics) {
    this.#placed = metrics.counter('orders_placed', 'Orders that were placed', ['channel']);
    metrics.gauge('orders_open', 'Orders that are open', () => 3);
  }
  place(channel: string): void {
    this.#placed.add(1, { channel, user: '7' } as { channel: string });
  }
}

@Controller('/things')
class Things {
  constructor(private readonly orders: Orders) {}
  @Get('/:id') read(id: int): int {
    if (id === 500) throw new Error('broken');
    return id;
  }
  @Post('/') place(): void {
    this.orders.place('web"\n');
  }
}

const application = (metrics: MetricsOptions | false = {}, more: VivaceOptions = {}): Vivace =>
  new Vivace({
    controllers: [Things],
    extensions: [telemetry({ metrics })],
    logger: false,
    middleware: [() => Promise.reject(new Error('No request gets this far.'))].slice(1),
    ...more,
  }).plugin((fastify) => fastify.get('/plain/:name', () => 'plain'));

const DURATION = 'http_server_request_duration_seconds';

describe('/metrics', () => {
  it('counts requests by method, route template and status', async () => {
    await using client = await testClient(application(), { raiseErrors: false });
    for (const path of ['/things/1', '/things/2', '/things/x', '/things/500', '/plain/a'])
      await client.get(path);
    await client.post('/things/');
    const samples = samplesOf((await client.get('/metrics')).text);
    const counts = samples.filter(({ name }) => name === `${DURATION}_count`);
    expect(counts.map(({ labels, value }) => [Object.values(labels).join(' '), value])).toEqual([
      ['GET /things/:id 200', 2],
      ['GET /things/:id 422', 1],
      ['GET /things/:id 500', 1],
      ['GET /plain/:name 200', 1],
      ['POST /things/ 200', 1],
    ]);
  });

  it('has no series for what clients think up: 10,000 addresses and a method', async () => {
    await using client = await testClient(application());
    await client.get('/things/1');
    for (let sent = 0; sent < 10_000; sent += 500)
      await Promise.all(
        Array.from({ length: 500 }, (_, index) => client.get(`/nothing/${sent + index}`)),
      );
    await client.server.fastify.listen({ port: 0 });
    const { port } = client.server.fastify.server.address() as { port: number };
    const socket = connect(port);
    socket.end('PROPFIND /things/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await text(socket);
    const samples = samplesOf((await client.get('/metrics')).text);
    const routes = samples.filter(({ name }) => name === `${DURATION}_count`);
    expect(routes.map(({ labels }) => `${labels['method']} ${labels['route']}`).toSorted()).toEqual(
      [
        'GET /things/:id',
        'GET unmatched',
        expect.stringMatching(/^_OTHER (?:unmatched|\/things\/:id)$/),
      ],
    );
    expect(routes.find(({ labels }) => labels['route'] === 'unmatched')?.value).toBe(10_000);
  });

  it('has numbers of the program, of the process and of requests under way', async () => {
    await using client = await testClient(application());
    await client.post('/things/');
    await client.post('/things/');
    const samples = samplesOf((await client.get('/metrics')).text);
    const valueOf = (name: string) => samples.find((sample) => sample.name === name)?.value;
    expect(samples).toContainEqual({
      name: 'orders_placed_total',
      labels: { channel: String.raw`web\"\n` },
      value: 2,
    });
    expect(valueOf('orders_open')).toBe(3);
    expect(valueOf('http_server_active_requests')).toBe(1);
    for (const name of [
      'nodejs_eventloop_delay_p99_seconds',
      'nodejs_heap_used_bytes',
      'process_resident_memory_bytes',
      'process_cpu_seconds',
      'process_start_time_seconds',
    ])
      expect(valueOf(name)).toBeGreaterThan(0);
    expect(samplesOf((await client.get('/metrics')).text)).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'orders_open' })]),
    );
  });

  it('is in no document', async () => {
    await using client = await testClient(application());
    expect(JSON.stringify(client.server.openapi())).not.toContain('/metrics');
  });

  it('goes past middleware and guards of the program', async () => {
    const refuse = () => Promise.reject(new Error('No request gets this far.'));
    const app = application({}, { middleware: [refuse] });
    await using client = await testClient(app, { raiseErrors: false });
    expect((await client.get('/things/1')).status).toBe(500);
    expect((await client.get('/metrics')).status).toBe(200);
  });

  it('has buckets, a path, or nothing where the options say so', async () => {
    await using client = await testClient(application({ path: '/numbers', buckets: [0.1, 1] }));
    await client.get('/things/1');
    expect((await client.get('/metrics')).status).toBe(404);
    const bounds = samplesOf((await client.get('/numbers')).text).flatMap(({ name, labels }) =>
      name === `${DURATION}_bucket` && labels['route'] === '/things/:id' ? [labels['le']] : [],
    );
    expect(bounds).toEqual(['0.1', '1', '+Inf']);
    await using off = await testClient(application(false));
    expect((await off.get('/metrics')).status).toBe(404);
    expect((await off.post('/things/')).status).toBe(200);
  });

  it('leaves out what cannot be read, and counts it', async () => {
    @Controller()
    class Home {
      constructor(metrics: Metrics) {
        metrics.gauge('broken', 'What fails', () => Promise.reject(new Error('no')));
        metrics.gauge('slow', 'What never comes', () => new Promise<number>(() => undefined));
      }
      @Get('/') read(): void {}
    }
    const app = new Vivace({ controllers: [Home], extensions: [telemetry()], logger: false });
    await using client = await testClient(app);
    await client.get('/');
    const samples = samplesOf((await client.get('/metrics')).text);
    expect(samples.filter(({ name }) => name === 'metrics_reads_failed_total')).toMatchObject([
      { labels: { of: 'broken' }, value: 1 },
      { labels: { of: 'slow' }, value: 1 },
    ]);
    expect(samples.find(({ name }) => name === 'broken')).toBeUndefined();
  });
});

describe('a number of the program', () => {
  const metricsOf = async (use: (metrics: Metrics) => void): Promise<string> => {
    @Controller()
    class Home {
      constructor(metrics: Metrics) {
        use(metrics);
      }
      @Get('/') read(): void {}
    }
    const app = new Vivace({ controllers: [Home], extensions: [telemetry()], logger: false });
    await using client = await testClient(app);
    await client.get('/');
    return (await client.get('/metrics')).text;
  };

  it('is the same one wherever its name is', async () => {
    await metricsOf((metrics) => {
      const one = metrics.counter('jobs_done', 'Jobs', ['kind']);
      expect(metrics.counter('jobs_done', 'Jobs', ['kind'])).toBe(one);
    });
  });

  it('leaves out what cannot be counted, and writes any help in one line', async () => {
    const text = await metricsOf((metrics) => {
      const counter = metrics.counter('added', 'first\nadded_total 7');
      const histogram = metrics.histogram('spread', 'x');
      for (const value of [NaN, Infinity, -Infinity]) {
        counter.add(value);
        histogram.record(value);
      }
      counter.add(-1);
      counter.add(2);
      histogram.record(1);
      metrics.gauge('given', 'first\ngiven 7', () => 3);
      metrics.gauge('lowest', 'x', () => -Infinity);
      metrics.gauge('highest', 'x', () => Infinity);
    });
    expect(text).toContain('lowest -Inf\n');
    expect(text).toContain('highest +Inf\n');
    const own = samplesOf(text).filter(({ name }) => /^(?:added|spread_sum|given)/.test(name));
    expect(own.map(({ name, value }) => [name, value])).toEqual([
      ['added_total', 2],
      ['spread_sum', 1],
      ['given', 3],
    ]);
  });

  it.each<[string, (metrics: Metrics) => unknown]>([
    ['other labels', (metrics: Metrics) => metrics.counter('done', 'Done', ['user'])],
    ['another help', (metrics: Metrics) => metrics.counter('done', 'Finished')],
    ['another kind', (metrics: Metrics) => metrics.histogram('done', 'Done')],
    ['a name that is none', (metrics: Metrics) => metrics.counter('Done!', 'Done')],
    ['the name of the requests', (metrics: Metrics) => metrics.histogram(DURATION, 'Done')],
    ['the sum of the requests', (metrics) => metrics.gauge(`${DURATION}_sum`, 'Sum', () => 1)],
    [
      'the name that another has in the text',
      (metrics) => metrics.gauge('done_total', 'x', () => 1),
    ],
    [
      'one of the names of a histogram',
      (metrics) => {
        metrics.histogram('spread', 'x');
        metrics.gauge('spread_sum', 'x', () => 1);
      },
    ],
    [
      'names of which one is taken',
      (metrics) => {
        metrics.gauge('spread_count', 'x', () => 1);
        metrics.histogram('spread', 'x');
      },
    ],
    ...['le', 'worker', 'a-b', '1', '', '__name__'].map(
      (label): [string, (metrics: Metrics) => unknown] => [
        `the label '${label}'`,
        (metrics) => metrics.counter('x', 'x', [label]),
      ],
    ),
  ])('with %s is refused', async (_, again) => {
    await metricsOf((metrics) => {
      metrics.counter('done', 'Done');
      expect(() => again(metrics)).toThrow(TypeError);
    });
  });
});

describe('who may ask', () => {
  const asked = async (
    headers: Record<string, string>,
    { ip, ...options }: MetricsOptions & VivaceOptions & { readonly ip?: string } = {},
  ): Promise<number> => {
    const { allow, ...more } = options;
    await using client = await testClient(application(allow && { allow }, more));
    const sent = { method: 'GET', url: '/metrics', headers, remoteAddress: ip ?? '127.0.0.1' };
    return (await client.server.fastify.inject(sent as never)).statusCode;
  };

  it.each([
    '127.0.0.1',
    '::1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '::ffff:10.0.0.1',
    'fd00::1',
  ])('is %s', async (ip) => expect(await asked({}, { ip })).toBe(200));

  it.each(['8.8.8.8', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8'])('is not %s', async (ip) =>
    expect(await asked({}, { ip })).toBe(404),
  );

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])(
    'is nobody behind a proxy that is not trusted: %s',
    async (name) => expect(await asked({ [name]: '10.0.0.1' })).toBe(404),
  );

  it('is who a trusted proxy names, in the own network', async () => {
    const trustProxy = '127.0.0.1';
    expect(await asked({ 'x-forwarded-for': '10.0.0.1' }, { trustProxy })).toBe(200);
    expect(await asked({ 'x-forwarded-for': '8.8.8.8' }, { trustProxy })).toBe(404);
    expect(await asked({ 'x-forwarded-for': '10.0.0.1' }, { trustProxy, ip: '8.8.8.8' })).toBe(404);
    expect(await asked({ via: '1.1 proxy' }, { trustProxy })).toBe(404);
  });

  it('is who the option names, and nobody else', async () => {
    expect(await asked({}, { allow: ['8.8.0.0/16'], ip: '8.8.8.8' })).toBe(200);
    expect(await asked({}, { allow: ['8.8.0.0/16'] })).toBe(404);
  });
});

test('a port of its own answers that path alone, and the application does not', async () => {
  const lines: string[] = [];
  const logger = { level: 'info', stream: { write: (line: string) => void lines.push(line) } };
  let address: string;
  {
    await using client = await testClient(application({ port: 0 }, { logger }));
    await client.get('/things/1');
    address = `http://127.0.0.1:${/at port (\d+)/.exec(lines.join())![1]}`;
    const answer = await fetch(`${address}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(samplesOf(await answer.text()).length).toBeGreaterThan(10);
    expect((await fetch(`${address}/things/1`)).status).toBe(404);
    expect((await client.get('/metrics')).status).toBe(404);
  }
  await expect(fetch(`${address}/metrics`)).rejects.toThrow('fetch failed');
});
