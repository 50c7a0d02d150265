import * as fc from 'fast-check';
import { testClient, type TestClient } from 'vivace/testing';
import { names, server } from './server';
import { fuzzed, texts, values } from './texts';

let client: TestClient;
beforeAll(async () => {
  client = await testClient(server);
});
afterAll(() => client.close());

type Answer = { readonly status: number };
const name = fc.constantFrom(...names);
const fields = fc.dictionary(name, texts, { maxKeys: 4, noNullPrototype: true });

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
/** What a header may hold: Node refuses a request with anything else. */
const inHeader = (text: string): string => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '');
const pairs = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([key, value]) => `${key}=${encoded(value)}`)
    .join('&');
const post = (path: string, body: string, type: string): Promise<Answer> =>
  client.post(path, { body, headers: { 'content-type': type } });
const urlencoded = 'application/x-www-form-urlencoded';
const json = 'application/json';

function multipart(all: Readonly<Record<string, string>>): string {
  const parts = Object.entries(all).map(
    ([key, value]) => `--x\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--x--\r\n`;
}

/** A text with some of its characters cut out, doubled or replaced. */
const spoilt = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.nat(200), fc.nat(20), texts)
    .map(([whole, at, length, by]) => whole.slice(0, at) + by + whole.slice(at + length));

const places: Readonly<Record<string, fc.Arbitrary<() => Promise<Answer>>>> = {
  path: fc.tuple(fc.constantFrom('text', 'two', 'rest', ...names), texts).map(
    ([key, text]) =>
      () =>
        client.get(`/path/${key}/${encoded(text)}`),
  ),
  'a raw path': texts.map(
    (text) => () => client.get(`/path/${inHeader(text).replaceAll(/\s/g, '')}`),
  ),
  query: fields.map((all) => () => client.get(`/query?${pairs(all)}`)),
  'a raw query': fc.tuple(name, texts).map(
    ([key, text]) =>
      () =>
        client.get(`/query?${key}=${inHeader(text).replaceAll(/\s/g, '')}`),
  ),
  header: fields.map((all) => () => {
    const headers = Object.entries(all).map(([key, value]) => [key, inHeader(value)]);
    return client.get('/header', {
      headers: Object.fromEntries(headers) as Record<string, string>,
    });
  }),
  cookie: fields.map((all) => () => {
    const sent = Object.entries(all).map(([key, value]) => `${key}=${inHeader(value)}`);
    return client.get('/cookie', { headers: { cookie: sent.join('; ') } });
  }),
  'an encoded cookie': fields.map(
    (all) => () => client.get('/cookie', { headers: { cookie: pairs(all).replaceAll('&', '; ') } }),
  ),
  form: fields.map((all) => () => post('/form', pairs(all), urlencoded)),
  'a spoilt form': spoilt(fields.map(pairs)).map((body) => () => post('/form', body, urlencoded)),
  'a multipart form': fields.map(
    (all) => () => post('/form', multipart(all), 'multipart/form-data; boundary=x'),
  ),
  'a spoilt multipart form': spoilt(fields.map(multipart)).map(
    (body) => () => post('/form', body, 'multipart/form-data; boundary=x'),
  ),
  'the head of a file': fc.tuple(texts, texts).map(([filename, type]) => () => {
    const head = `form-data; name="file"; filename="${filename}"\r\nContent-Type: ${type}`;
    const body = `--x\r\nContent-Disposition: form-data; name="text"\r\n\r\na\r\n--x\r\nContent-Disposition: ${head}\r\n\r\nx\r\n--x--\r\n`;
    return post('/files', body, 'multipart/form-data; boundary=x');
  }),
  'a content type': texts.map((type) => () => post('/form', 'int=1', inHeader(type))),
  JSON: fc
    .dictionary(fc.oneof(name, fc.constantFrom('inner', 'many', 'by', '__proto__')), values, {
      noNullPrototype: true,
    })
    .map((all) => () => post('/json', JSON.stringify(all), json)),
  'any JSON': values.map((value) => () => post('/any', JSON.stringify(value), json)),
  'spoilt JSON': spoilt(values.map((value) => JSON.stringify(value))).map(
    (body) => () => post('/json', body, json),
  ),
};

describe('no request is a fault of the server, whatever is sent as', () => {
  it.each(Object.entries(places))('%s', async (_, send) => {
    await fc.assert(
      fc.asyncProperty(send, async (request) => {
        expect((await request()).status).toBeLessThan(500);
      }),
      fuzzed(300),
    );
  });

  it('a message of a WebSocket', async () => {
    const message = fc.oneof(
      texts,
      values.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(message, async (text) => {
        const socket = await client.websocket('/socket');
        await socket.send(text);
        // What does not fit closes it with 1008, a fault would be thrown here.
        await socket.receive().catch((error: { readonly code?: unknown }) => {
          if (error.code !== 1008) throw error;
        });
        await socket.close();
      }),
      fuzzed(100),
    );
  });
});
