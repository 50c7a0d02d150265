import { Readable } from 'node:stream';
import { Controller, Get, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';
import {
  CallTimeout,
  ConnectionFailed,
  httpClient,
  UnexpectedAnswer,
  UnexpectedStatus,
  type CallError,
  type HttpClient,
  type HttpClientOptions,
} from '@vivace/http';
import { json, reset, Service, silent, stalled, status } from './misbehaving';

class Rate {
  currency!: string;
  cents!: int;
}
const RATE = { currency: 'CHF', cents: 104 };

class Rates extends httpClient() {}

/** A client of a service, closed with the test. */
const opened: HttpClient[] = [];
function clientOf(service: { readonly url: string }, options: HttpClientOptions = {}): Rates {
  const client = new Rates({ baseUrl: service.url, ...options });
  opened.push(client);
  return client;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.dispatcher.destroy()));
});

const failureOf = async (call: Promise<unknown>): Promise<CallError> =>
  call.then(
    () => {
      throw new Error('The call gave an answer.');
    },
    (error: unknown) => error as CallError,
  );

describe('a call', () => {
  it('gives its answer as a value of a type', async () => {
    await using service = await Service.answering(json(RATE));
    const rate = await clientOf(service).get('/rates/:of', { params: { of: 'CHF' }, as: Rate });
    expect(rate).toBeInstanceOf(Rate);
    expect(rate).toEqual(RATE);
    expect(service.received[0]).toMatchObject({ method: 'GET', url: '/rates/CHF' });
  });

  it('sends JSON, headers and a query', async () => {
    await using service = await Service.answering(status(204));
    const client = clientOf(
      { url: `${service.url}/v2/` },
      { headers: { Authorization: 'Bearer x' } },
    );
    const answer = await client.post('/rates', {
      json: { at: new Date(0), cents: 104n },
      query: { day: '2026-11-30', of: ['CHF', 'EUR'], none: undefined },
    });
    expect(answer.status).toBe(204);
    expect(service.received).toMatchObject([
      {
        url: '/v2/rates?day=2026-11-30&of=CHF&of=EUR',
        body: '{"at":"1970-01-01T00:00:00+00:00","cents":104}',
        headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      },
    ]);
  });

  it.each(['..', '.', '', 'a/../b', 'a?b#c', 'é', '%2e'])(
    'never leads to another path by the value %j',
    async (of) => {
      await using service = await Service.answering(json(RATE));
      const url = await clientOf(service)
        .get('/rates/:of', { params: { of } })
        .then(
          () => new URL(service.received[0]!.url, 'http://host').pathname,
          (error: Error) => error.name,
        );
      expect(url).toBe(/^\.{0,2}$/.test(of) ? 'TypeError' : `/rates/${encodeURIComponent(of)}`);
    },
  );

  it.each([
    '//evil.example/',
    'http://evil.example/',
    'rates',
    '/\\evil',
    '/a/../b',
    '/a?b',
    '/a b',
  ])('does not go to %j', async (path) => {
    await using service = await Service.answering(json(RATE));
    await expect(clientOf(service).get(path)).rejects.toThrow(TypeError);
    expect(service.received).toEqual([]);
  });
});

describe('an answer that does not fit', () => {
  it.each([
    ['another type', json({ ...RATE, cents: 'many' }), 'cents: Input should be a valid integer'],
    ['a field that is missing', json({ cents: 1 }), 'currency: Field required'],
    [
      'no JSON',
      (reply: import('node:http').ServerResponse) => void reply.end('<html>'),
      'not JSON',
    ],
    ['nothing', status(204), 'its answer of 204 is not JSON'],
  ])('as it has %s names the field and the call', async (_, reaction, seen) => {
    await using service = await Service.answering(reaction);
    const error = await failureOf(
      clientOf(service).get('/rates/:of', { params: { of: 'secret' }, as: Rate }),
    );
    expect(error).toBeInstanceOf(UnexpectedAnswer);
    expect(error.message).toContain(`GET ${service.url}/rates/:of: `);
    expect(error.message).toContain(seen);
    expect(error.message).not.toContain('secret');
  });

  it('as it is no HTTP is said so', async () => {
    await using service = await Service.sending('SSH-2.0-OpenSSH_9.2\r\n');
    const error = await failureOf(clientOf(service).get('/'));
    expect(error).toBeInstanceOf(UnexpectedAnswer);
    expect(error.message).toContain('not HTTP');
  });

  it('as it is too large is not read to its end', async () => {
    await using service = await Service.answering((reply) => {
      reply.on('error', () => undefined);
      const more = (): void => void (reply.destroyed || reply.write('x'.repeat(60_000), more));
      more();
    });
    const error = await failureOf(clientOf(service, { maxSize: 100_000 }).get('/'));
    expect(error.message).toContain('larger than 100000 bytes');
  });

  it('as it is an error has what the service said', async () => {
    await using service = await Service.answering(json({ detail: 'no such currency' }, 404));
    const error = await failureOf(clientOf(service).get('/rates/XXX'));
    expect(error).toBeInstanceOf(UnexpectedStatus);
    expect((error as UnexpectedStatus).answer.json()).toEqual({ detail: 'no such currency' });
    expect(service.received).toHaveLength(1);
  });
});

describe('a call that takes too long', () => {
  const brief = { retries: 0, circuit: false } as const;

  it.each([
    ['headers', silent, { headers: 0.1 }, 'no answer'],
    ['its body', stalled, { body: 0.1 }, 'stopped arriving'],
    ['all', silent, { whole: 0.1 }, 'the whole call'],
  ])('for %s ends with 504', async (_, reaction, timeout, seen) => {
    await using service = await Service.answering(reaction);
    const error = await failureOf(clientOf(service, { ...brief, timeout }).get('/'));
    expect(error).toBeInstanceOf(CallTimeout);
    expect(error.message).toContain(seen);
    expect(error.status).toBe(504);
  });

  it('ends with the reason of its signal', async () => {
    await using service = await Service.answering(silent);
    const gone = new AbortController();
    const call = clientOf(service).get('/', { signal: gone.signal });
    const reason = new Error('nobody waits');
    gone.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});

describe('a call that may be repeated', () => {
  it.each([408, 429, 500, 502, 503, 504])('is tried again after %d', async (code) => {
    await using service = await Service.answering(status(code), json(RATE));
    expect(await clientOf(service).get('/', { as: Rate })).toEqual(RATE);
    expect(service.received).toHaveLength(2);
  });

  it('is tried again after a broken connection', async () => {
    await using service = await Service.answering(reset, reset, json(RATE));
    expect(await clientOf(service).put('/', { as: Rate })).toEqual(RATE);
  });

  it('waits as long as the service asks for', async () => {
    await using service = await Service.answering(status(503, { 'retry-after': '1' }), json(RATE));
    const began = performance.now();
    await clientOf(service).get('/');
    expect(performance.now() - began).toBeGreaterThan(990);
  });

  it('is given up where it asks for longer', async () => {
    const later = new Date(Date.now() + 3_600_000).toUTCString();
    await using service = await Service.answering(status(503, { 'retry-after': later }));
    const error = await failureOf(clientOf(service).get('/'));
    expect(error.status).toBe(503);
    expect(error.headers).toEqual({ 'retry-after': later });
    expect(service.received).toHaveLength(1);
  });

  it('is tried as often as said', async () => {
    await using service = await Service.answering(status(500));
    await failureOf(clientOf(service, { retries: 3, circuit: false }).get('/'));
    expect(service.received).toHaveLength(4);
  });

  it('ends in the middle of a pause when its time is up', async () => {
    await using service = await Service.answering(status(503, { 'retry-after': '4' }));
    const error = await failureOf(clientOf(service).get('/', { timeout: 0.2 }));
    expect(error).toBeInstanceOf(CallTimeout);
  });
});

describe('a call that should be done once', () => {
  it.each([
    ['a POST', {}],
    ['a stream, whatever its key', { body: Readable.from(['x']), idempotencyKey: 'k' }],
  ])('as it is %s is not repeated', async (_, options) => {
    await using service = await Service.answering(status(503));
    await failureOf(clientOf(service).post('/', options));
    expect(service.received).toHaveLength(1);
  });

  it('is repeated with a key that the service knows it by', async () => {
    await using service = await Service.answering(reset, json(RATE));
    await clientOf(service).post('/', { json: {}, idempotencyKey: 'order-7' });
    expect(service.received.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'order-7',
      'order-7',
    ]);
  });

  it('is repeated where it was never sent', async () => {
    const service = await Service.answering(silent);
    const { url } = service;
    await service[Symbol.asyncDispose]();
    const error = await failureOf(clientOf({ url }, { retries: 0 }).post('/', { json: {} }));
    expect(error).toBeInstanceOf(ConnectionFailed);
    expect(error.status).toBe(502);
  });
});

describe('a redirect', () => {
  it('is followed on the host of the service', async () => {
    await using service = await Service.answering(status(302, { location: '/new' }), json(RATE));
    await clientOf(service, { headers: { 'x-api-key': 'k' } }).get('/old');
    expect(service.received.map(({ url }) => url)).toEqual(['/old', '/new']);
  });

  it('to another host is not followed, so that no key goes there', async () => {
    await using other = await Service.answering(json(RATE));
    await using service = await Service.answering(status(302, { location: other.url }));
    const error = await failureOf(clientOf(service, { headers: { 'x-api-key': 'k' } }).get('/'));
    expect(error.message).toContain('it answered 302');
    expect(other.received).toEqual([]);
  });

  it('is followed three times', async () => {
    await using service = await Service.answering(status(307, { location: '/' }));
    await failureOf(clientOf(service).get('/'));
    expect(service.received).toHaveLength(4);
  });
});

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
