import { testClient } from 'vivace/testing';
import { app as ordered } from './deep/test_ws_dependencies';
import { app as router, overrides } from './deep/test_ws_router';
import { app as messages } from './tutorial/websockets_/messages';
import { app as guarded } from './tutorial/websockets_/tutorial002';

// Programs about WebSockets that no recording is played against.

describe('WebSockets of several controllers', () => {
  it.each([
    ['/', 'Hello, world!'],
    ['/router2', 'Hello, router!'],
    ['/prefix/', 'Hello, router with prefix!'],
    ['/native/', 'Hello, router with native prefix!'],
    ['/router-ws-depends/', 'Socket Dependency'],
  ])('%s says %j', async (path, text) => {
    await using client = await testClient(router);
    await using socket = await client.websocket(path);
    expect(await socket.receive()).toBe(text);
  });

  it('take the rest of the path, and the query', async () => {
    await using client = await testClient(router);
    await using socket = await client.websocket('/router/path/to/file', {
      params: { queryparam: 'a_query_param' },
    });
    expect([await socket.receive(), await socket.receive()]).toEqual([
      'path/to/file',
      'a_query_param',
    ]);
  });

  it('refuse what is not there, does not fit, or fails', async () => {
    await using client = await testClient(router, { raiseErrors: false });
    await expect(client.websocket('/no-router/')).rejects.toMatchObject({ code: 1000 });
    await expect(client.websocket('/depends-validate/')).rejects.toMatchObject({ code: 1008 });
    for (const path of ['/depends-err/', '/custom_error/'])
      await expect(client.websocket(path)).rejects.toThrow('refused with 500');
  });

  it('use the substitute of a test', async () => {
    await using client = await testClient(router, { overrides: Object.values(overrides) });
    await using socket = await client.websocket('/router-ws-depends/');
    expect(await socket.receive()).toBe('Override');
  });
});

it.each([
  ['/', ['app', 'index']],
  ['/router', ['app', 'router2', 'router', 'routerindex']],
  ['/prefix/', ['app', 'prefix_router2', 'prefix_router', 'routerprefixindex']],
])('dependencies of %s run from the outside to the inside', async (path, names) => {
  await using client = await testClient(ordered);
  await using socket = await client.websocket(path);
  expect(await socket.receiveJson()).toEqual(names);
});

it('a visitor is known by a cookie, or by a token in the address', async () => {
  await using client = await testClient(guarded);
  await using socket = await client.websocket('/items/foo/ws', {
    params: { token: 'some-token', q: 3 },
  });
  await socket.send('hi');
  expect([await socket.receive(), await socket.receive(), await socket.receive()]).toEqual([
    'Session cookie or query token value is: some-token',
    'Query parameter q is: 3',
    'Message text was: hi, for item ID: foo',
  ]);
  await using other = await client.websocket('/items/foo/ws', {
    cookies: { session: 'fakesession' },
  });
  await other.send('hi');
  expect(await other.receive()).toBe('Session cookie or query token value is: fakesession');
  await expect(client.websocket('/items/foo/ws')).rejects.toMatchObject({ code: 1008 });
});

it('messages are told apart by their kind; one that does not fit is answered', async () => {
  await using client = await testClient(messages);
  const options = { headers: { authorization: 'Bearer ann' }, subprotocols: ['chat.v1'] };
  await using ann = await client.websocket('/chat', options);
  await using bob = await client.websocket('/chat', options);
  expect([ann.subprotocol, ann.headers.get('x-user')]).toEqual(['chat.v1', 'user of ann']);
  await ann.sendJson({ kind: 'join', room: 'blue' });
  await ann.sendJson({ kind: 'say', room: 'blue', text: '' });
  expect(await ann.receiveJson()).toMatchObject({
    kind: 'refused',
    issues: [{ type: 'string_too_short', loc: ['message', 'say', 'text'] }],
  });
  await bob.sendJson({ kind: 'say', room: 'blue', text: 'hello' });
  expect(await ann.receiveJson()).toEqual({
    kind: 'say',
    room: 'blue',
    text: 'hello',
    reply_to: null,
    user: 'user of ann',
  });
  await expect(client.websocket('/chat')).rejects.toThrow('refused with 401');
});
