import { Readable } from 'node:stream';
import { CallTimeout, ConnectionFailed } from '@vivace/http';
import { json, reset, Service, silent, status } from './misbehaving';
import { clientOf, failureOf, Rate, RATE } from './rates';

describe('a call that may be repeated', () => {
  it.each([408, 429, 500, 502, 503, 504])('is tried again after %d', async (code) => {
    await using service = await Service.answering(status(code), json(RATE));
    expect(await clientOf(service).get('/', { as: Rate })).toEqual(RATE);
    expect(service.received).toHaveLength(2);
  });

  it('may be named in small letters', async () => {
    await using service = await Service.answering(status(503), json(RATE));
    expect(await clientOf(service).request('get', '/', { as: Rate })).toEqual(RATE);
    expect(service.received.map(({ method }) => method)).toEqual(['GET', 'GET']);
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
    await expect(clientOf(service).post('/', { idempotencyKey: '' })).rejects.toThrow('is empty');
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
