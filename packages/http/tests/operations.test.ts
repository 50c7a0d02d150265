import { MockAgent } from 'undici';
import { Controller, Get, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { httpClient, type HttpClientOptions } from '@vivace/http';
import { json, Service, silent, status } from './misbehaving';
import { Rate, RATE } from './rates';

const agent = new MockAgent();
class Plain extends httpClient({ baseUrl: 'https://rates.example.org', dispatcher: agent }) {}
@Controller()
class Kiosk {
  constructor(private readonly rates: Plain) {}
  @Get('/') read(): Promise<Rate> {
    return this.rates.get('/rates/CHF', { as: Rate });
  }
}

describe('an operation that lets an error pass', () => {
  const lines: string[] = [];
  let options: HttpClientOptions;
  class Prices extends httpClient() {
    constructor() {
      super(options);
    }
  }
  @Controller()
  class Shop {
    constructor(private readonly prices: Prices) {}
    @Get('/') read(): Promise<Rate> {
      return this.prices.get('/rates/CHF', { as: Rate });
    }
  }

  it.each([
    ['504 after a silence', silent, 504],
    ['502 for garbage', json([]), 502],
    ['502 for an error', status(404), 502],
    ['503 for one that is busy', status(503, { 'retry-after': '9' }), 503],
  ])('answers %s, and the log says why', async (_, reaction, code) => {
    lines.length = 0;
    await using service = await Service.answering(reaction);
    const timeout = reaction === silent ? { headers: 0.1 } : {};
    options = { baseUrl: service.url, retries: 0, timeout };
    const logger = { level: 'error', stream: { write: (line: string) => void lines.push(line) } };
    await using client = await testClient(new Vivace({ controllers: [Shop], logger }));
    const answer = await client.get('/');
    expect(answer.status).toBe(code);
    expect(answer.text).not.toContain('rates');
    expect(answer.headers.get('retry-after')).toBe(code === 503 ? '9' : null);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`GET ${service.url}/rates/CHF`);
    expect(lines[0]).toContain('GET /: Shop.read (');
  });

  it('is given a client that has nothing but its options', async () => {
    agent.get('https://rates.example.org').intercept({ path: '/rates/CHF' }).reply(200, RATE);
    await using client = await testClient(new Vivace({ controllers: [Kiosk], logger: false }));
    expect((await client.get('/')).json()).toEqual(RATE);
  });

  it('uses one pool, which closes with the application', async () => {
    await using service = await Service.answering(json(RATE));
    options = { baseUrl: service.url, connections: 1 };
    {
      await using client = await testClient(new Vivace({ controllers: [Shop], logger: false }));
      for (let count = 0; count < 5; count += 1)
        expect((await client.get('/')).json()).toEqual(RATE);
    }
    expect(service.connections).toBe(1);
  });

  it('is refused before it listens where the address is none', async () => {
    options = { baseUrl: 'https://user:secret@pay.example.org' };
    const boot = testClient(new Vivace({ controllers: [Shop], logger: false }));
    await expect(boot).rejects.toThrow('[HTTP_BASE_URL] Prices');
  });
});
