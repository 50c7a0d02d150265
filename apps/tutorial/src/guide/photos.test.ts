import { readFileSync } from 'node:fs';
import { testClient } from 'vivace/testing';
import { app } from './photos';

const PNG = Buffer.from('iVBORw0KGgo=', 'base64');

it('bytes, streams and responses of the web are sent as they are; in JSON bytes are base64', async () => {
  const { fetch } = globalThis;
  await using client = await testClient(app);
  globalThis.fetch = async () =>
    new Response(PNG, { status: 203, headers: { 'content-type': 'image/png' } });
  const original = await client.get('/photos/original');
  globalThis.fetch = fetch;
  expect([original.status, original.headers.get('content-type')]).toEqual([203, 'image/png']);
  expect(original.body).toEqual(PNG);
  expect((await client.get('/photos/source')).text).toBe(readFileSync('package.json', 'utf8'));
  const small = await client.get('/photos/small');
  expect([small.headers.get('content-type'), small.body]).toEqual(['image/png', PNG]);
  expect((await client.get('/photos/one')).json()).toEqual({
    name: 'cat',
    thumbnail: 'iVBORw0KGgo=',
  });
});
