import { mkdtempDisposableSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testClient, type TestClient } from 'vivace/testing';
import { app } from './album';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)]);
const home = process.cwd();
const directory = mkdtempDisposableSync(join(tmpdir(), 'album-'));

let client: TestClient;
beforeAll(async () => {
  process.chdir(directory.path);
  client = await testClient(app);
});
afterAll(async () => {
  await client.close();
  process.chdir(home);
  directory.remove();
});

test('a form is a class, and knows its fields', async () => {
  const good = await client.post('/album/profile', {
    form: { name: 'Ann', born: '2001-02-03', hobbies: ['a', 'b'] },
  });
  expect(good.json()).toEqual({ name: 'Ann', born: '2001-02-03', hobbies: ['a', 'b'] });
  const bad = await client.post('/album/profile', { form: { born: 'yesterday', role: 'admin' } });
  expect(bad.json()).toMatchObject({
    detail: [{ loc: ['body', 'name'] }, { loc: ['body', 'born'] }, { loc: ['body', 'role'] }],
  });
});

test('a photo is saved under a name of ours', async () => {
  const photo = { filename: '../../cat.png', contentType: 'image/png', content: PNG };
  const response = await client.post('/album/photos', {
    form: { caption: 'A cat' },
    files: { photo },
  });
  const { name, size } = response.json<{ name: string; size: number }>();
  expect([response.status, size]).toEqual([201, PNG.length]);
  expect(readdirSync('photos')).toEqual([name]);
  expect(name).toMatch(/^[\da-f-]{36}\.png$/);
});

test('a page behind the first bytes of a picture is saved as a picture', async () => {
  const content = Buffer.concat([PNG, Buffer.from('<script>alert(1)</script>')]);
  const photo = { filename: 'evil.html', contentType: 'image/png', content };
  const response = await client.post('/album/photos', { form: { caption: 'x' }, files: { photo } });
  expect(response.json<{ name: string }>().name).toMatch(/^[\da-f-]{36}\.png$/);
});

test('what is no picture is refused, whatever it says it is', async () => {
  const photo = { filename: 'cat.png', contentType: 'image/png', content: '<script>' };
  const response = await client.post('/album/photos', {
    form: { caption: 'A cat' },
    files: { photo },
  });
  expect(response.json()).toMatchObject({
    detail: [{ type: 'file_type', loc: ['body', 'photo'] }],
  });
});

test('several files, and none', async () => {
  const files = [
    { filename: 'a', content: '1' },
    { filename: 'b', content: '22' },
  ];
  expect((await client.post('/album/sizes', { files: { files } })).json()).toEqual({ a: 1, b: 2 });
  expect((await client.post('/album/note', { files: { note: files[0]! } })).json()).toBe('1');
  expect((await client.post('/album/note')).json()).toBe('no note');
});

test('too much is answered 413, too many 400', async () => {
  const large = await client.post('/album/sizes', {
    files: { files: { filename: 'x', content: Buffer.alloc(5_000_001) } },
  });
  expect([large.status, large.json()]).toEqual([
    413,
    { detail: "The file 'files' is larger than 5000000 bytes." },
  ]);
  const many = await client.post('/album/sizes', {
    files: { files: Array.from({ length: 11 }, () => ({ filename: 'x', content: '' })) },
  });
  expect([many.status, many.json()]).toEqual([
    400,
    { detail: 'Too many files. Maximum number of files is 10.' },
  ]);
});
