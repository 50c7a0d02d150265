import { Controller, Get, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { httpClient } from '@vivace/http';
import { telemetry } from '@vivace/telemetry';
import { Service, json, status } from '../../http/tests/misbehaving';
import { Collector } from './collector';

let url = '';
class Rates extends httpClient({ retries: 1 }) {
  constructor() {
    super({ baseUrl: url });
  }
}
@Controller()
class Home {
  constructor(private readonly rates: Rates) {}
  @Get('/client') async client(): Promise<unknown> {
    return (await this.rates.get('/rates/:of', { params: { of: 'CHF' } })).json();
  }
  @Get('/fetch') async fetch(): Promise<unknown> {
    return (await fetch(`${url}/rates/CHF?key=secret`)).json();
  }
}

test.each(['client', 'fetch'])('a call by %s is a span, whose id goes with it', async (how) => {
  await using collector = await Collector.open();
  await using service = await Service.answering(
    ...(how === 'client' ? [status(503)] : []),
    json({ cents: 104 }),
  );
  ({ url } = service);
  const app = new Vivace({ controllers: [Home], extensions: [telemetry()], logger: false });
  {
    await using client = await testClient(app, { env: collector.env });
    expect((await client.get(`/${how}`)).json()).toEqual({ cents: 104 });
  }
  await collector.span(`GET /${how}`);
  const calls = collector.spans.filter(({ name }) => name === 'GET 127.0.0.1');
  expect(calls.map(({ attributes }) => attributes['http.response.status_code'])).toEqual(
    how === 'client' ? [503, 200] : [200],
  );
  for (const [index, { traceId, spanId }] of calls.entries())
    expect(service.received[index]!.headers['traceparent']).toBe(`00-${traceId}-${spanId}-01`);
  expect(collector.path(calls[0]!)).toEqual(['GET 127.0.0.1', `GET /${how}`]);
  expect(collector.texts.join()).not.toContain('secret');
});

test('a trace that is not kept is told to others as one', async () => {
  await using collector = await Collector.open();
  await using service = await Service.answering(json({ cents: 104 }));
  ({ url } = service);
  const extensions = [telemetry({ traces: { sample: 0 } })];
  {
    const app = new Vivace({ controllers: [Home], extensions, logger: false });
    await using client = await testClient(app, { env: collector.env });
    await client.get('/fetch');
    await client.get('/fetch');
  }
  const [first, second] = service.received.map(({ headers }) => headers['traceparent']);
  expect(first).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  expect(first).not.toBe(second);
  expect(collector.spans).toEqual([]);
});
