import { testClient } from 'vivace/testing';
import { createApp, refused } from './library';

test('a place is made once for the server, which has it as its state, and its operations have addresses', async () => {
  await using client = await testClient(createApp());
  expect(client.server.state.name).toBe('Reading room');
  expect((await client.get('/books/1')).json()).toEqual({
    title: 'Emma',
    in: 'Reading room',
    self: expect.stringContaining('/books/1'),
  });
  expect((await client.request('HEAD', '/books/1')).status).toBe(200);
  expect(client.server.urlFor('book', { id: 1 })).toMatch(/\/books\/1$/);
});

test('middleware of an operation stands around it alone', async () => {
  await using client = await testClient(createApp());
  expect((await client.get('/books/1')).headers.get('x-shelf')).toBe('/books/1');
  expect((await client.get('/books/')).headers.get('x-shelf')).toBeNull();
});

test('a pattern decides what is found, a wildcard takes slashes', async () => {
  await using client = await testClient(createApp());
  expect((await client.get('/books/one')).status).toBe(404);
  expect((await client.get('/books/scans/a/b.pdf')).json()).toBe('a/b.pdf');
});

test('controllers are included twice, on a condition, and for a host', async () => {
  await using client = await testClient(createApp());
  await using beta = await testClient(createApp({ beta: true }));
  expect((await client.get('/v2/books/1')).json()).toMatchObject({ title: 'Emma' });
  expect([(await client.get('/beta')).status, (await beta.get('/beta')).json()]).toEqual([
    404,
    'on trial',
  ]);
  expect((await client.get('/staff/beta')).status).toBe(404);
  expect((await client.get('/staff/beta', { headers: { host: 'staff.test' } })).json()).toBe(
    'on trial',
  );
});

test('headers under a name of their own and as it is written, a parameter that is JSON', async () => {
  await using client = await testClient(createApp());
  const headers = { authorization: 'abc', desk_id: '7' };
  expect((await client.get('/books/desk', { headers })).json()).toEqual({
    token: 'abc',
    desk_id: '7',
  });
  expect((await client.get('/books/', { params: { where: '{"by":"Austen"}' } })).json()).toEqual({
    by: 'Austen',
  });
});

test('the log learns where an input did not fit', async () => {
  await using client = await testClient(createApp());
  expect((await client.get('/books/desk')).json()).toEqual({ wrong: 2 });
  expect(refused.at(-1)).toMatch(/^GET \/books\/desk: Books\.desk \(.*library\.ts:\d+\)$/);
});

test('a trace is shown with debug only', async () => {
  await using client = await testClient(createApp(), { raiseErrors: false });
  await using debugged = await testClient(createApp({ debug: true }), { raiseErrors: false });
  expect((await client.get('/books/2')).text).not.toContain('the shelf is empty');
  expect((await debugged.get('/books/2')).text).toContain('the shelf is empty');
});

test('tools are told what is served', async () => {
  const routes = await createApp({ beta: true }).routes();
  expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining(['GET /books/:id(^\\d+$)', 'GET /v2/books/', 'GET /beta']),
  );
});
