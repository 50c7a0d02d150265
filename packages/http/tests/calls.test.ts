import { Readable } from 'node:stream';
import type { decimal } from 'vivace';
import { CallTimeout, UnexpectedAnswer, UnexpectedStatus } from '@vivace/http';
import { json, Service, silent, stalled, status } from './misbehaving';
import { clientOf, failureOf, Rate, RATE } from './rates';

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
    ['/things/:id', { id: 7 }, '/things/7'],
    ['/things/:id/', { id: 7 }, '/things/7/'],
    ['/things/:id:cancel', { id: 7 }, '/things/7:cancel'],
    ['/things/:id-:no.:kind', { id: 7, no: 8, kind: 'a:b' }, '/things/7-8.a%3Ab'],
    ['/things/(:id)', { id: 7 }, '/things/(7)'],
    ['/:größe/:$ref', { größe: 'L', $ref: 'é' }, '/L/%C3%A9'],
    ['/things:batch', {}, '/things:batch'],
    ['/things/urn:isbn:0451/:id', { id: 7 }, '/things/urn:isbn:0451/7'],
    ['/at/12:30', {}, '/at/12:30'],
    ['/größe:id', {}, '/gr%C3%B6%C3%9Fe:id'],
    ['/a:/:id', { id: 7 }, '/a:/7'],
    ['/things/%3Aid', {}, '/things/%3Aid'],
  ])('of %j with the values %j goes to %j', async (template, params, url) => {
    await using service = await Service.answering(json(RATE));
    await clientOf(service).get(template, { params });
    expect(service.received[0]!.url).toBe(url);
  });

  it.each([
    ['/things/:id', {}, "Nothing is given for ':id'"],
    ['/things/:constructor', {}, "Nothing is given for ':constructor'"],
    ['/things:id', { id: 7 }, "has no ':id'"],
    ['/things/:id', { id: 7, no: 8 }, "has no ':no'"],
  ])('does not go to %j with the values %j', async (template, params, message) => {
    await using service = await Service.answering(json(RATE));
    await expect(clientOf(service).get(template, { params })).rejects.toThrow(message);
    expect(service.received).toEqual([]);
  });

  it('does not send half of a pair of surrogates as a part of the path', async () => {
    await using service = await Service.answering(json(RATE));
    const call = clientOf(service).get('/rates/:of', { params: { of: '\ud800' } });
    await expect(call).rejects.toThrow("':of' is half of a pair of surrogates");
  });

  it('has any number of seconds, also none that ends', async () => {
    await using service = await Service.answering(json(RATE));
    for (const timeout of [1.0005, 1.005, 9e9, Infinity]) {
      const client = clientOf(service, { timeout });
      expect((await client.get('/')).status).toBe(200);
      expect((await client.get('/', { timeout })).status).toBe(200);
    }
    for (const timeout of [-1, NaN])
      await expect(clientOf(service).get('/', { timeout })).rejects.toThrow('`timeout` of a call');
  });

  it.each([{ a: 1 }, new URLSearchParams('a=1'), new FormData(), 5, null])(
    'does not send %p as a body',
    async (body) => {
      await using service = await Service.answering(json(RATE));
      const call = clientOf(service).post('/', { body: body as never });
      await expect(call).rejects.toThrow('The `body` of POST / is no text, bytes or stream');
      expect(service.received).toEqual([]);
    },
  );

  it.each<readonly [string, object, string]>([
    ['Headers', new Headers({ a: 'b' }), 'it is no plain object'],
    ['a list', [['a', 'b']], 'it is no plain object'],
    ['a Map', new Map([['a', 'b']]), 'it is no plain object'],
    ['a line break', { 'x-a': 'secret\r\nx-b: c' }, "'x-a' holds a line break"],
    ['no name', { 'x a': 'b' }, "'x a' is no name of a header"],
  ])('does not send %s as headers, and says of which call', async (_, headers, seen) => {
    await using service = await Service.answering(json(RATE));
    const failure = await failureOf(clientOf(service).get('/', { headers: headers as never }));
    expect(failure).toBeInstanceOf(TypeError);
    expect((failure as Error).message).toContain(`The \`headers\` of GET /: ${seen}`);
    expect((failure as Error).message).not.toContain('secret');
    expect(service.received).toEqual([]);
  });

  it('leaves out a header that is undefined', async () => {
    await using service = await Service.answering(json(RATE));
    const headers = { 'x-a': undefined } as never;
    expect((await clientOf(service).get('/', { headers })).status).toBe(200);
  });

  it('closes a body that it does not send', async () => {
    await using service = await Service.answering(status(500));
    const client = clientOf(service, { retries: 0, circuit: { tries: 1 } });
    await failureOf(client.get('/'));
    for (const path of ['/', '/no path']) {
      const body = new Readable({ read: () => undefined });
      await failureOf(client.post(path, { body }));
      expect(body.destroyed).toBe(true);
    }
    expect(service.received).toHaveLength(1);
  });

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

class Amount {
  price!: decimal;
  count!: bigint;
}

describe('an answer', () => {
  it('is read by all digits of its numbers, as a body is', async () => {
    const sent = '{"price":0.1000000000000000055511151231257827,"count":1152921504606846977}';
    await using service = await Service.answering((reply) => void reply.end(sent));
    expect(await clientOf(service).get('/', { as: Amount })).toEqual({
      price: '0.1000000000000000055511151231257827',
      count: 2n ** 60n + 1n,
    });
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

  it.each(['SSH-2.0-OpenSSH_9.2\r\n', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'])(
    'as it is no HTTP is said so: %j',
    async (sent) => {
      await using service = await Service.sending(sent);
      const error = await failureOf(clientOf(service).get('/'));
      expect(error).toBeInstanceOf(UnexpectedAnswer);
      expect(error.message).toContain('not HTTP');
    },
  );

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
