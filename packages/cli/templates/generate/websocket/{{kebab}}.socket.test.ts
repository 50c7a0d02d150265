import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { {{pascal}}Socket } from './{{kebab}}.socket.js';

describe('{{kebab}}', () => {
  it('answers each message', async () => {
    await using client = await testClient(new Vivace({ controllers: [{{pascal}}Socket] }));
    await using socket = await client.websocket('/{{path}}');
    await socket.send('hello');
    expect(await socket.receive()).toBe('You said: hello');
  });
});
