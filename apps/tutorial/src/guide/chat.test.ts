import { EventEmitter } from 'node:events';
import { Rooms } from 'vivace';
import { override, roomsContract, testClient } from 'vivace/testing';
import { BusRooms } from './bus-rooms';
import { app } from './chat';

test('what one visitor says reaches the others', async () => {
  await using client = await testClient(app);
  await using ann = await client.websocket('/chat/blue', { params: { token: 'ann' } });
  await using bob = await client.websocket('/chat/blue', { params: { token: 'bob' } });
  await ann.sendJson({ text: 'hello' });
  expect(await bob.receive()).toBe('ann: hello');
  await ann.close();
  expect(await bob.receive()).toBe('ann left');
});

test('who has no token, or says nothing, is sent away', async () => {
  await using client = await testClient(app);
  await expect(client.websocket('/chat/blue')).rejects.toMatchObject({ code: 1008 });
  await using ann = await client.websocket('/chat/blue', { params: { token: 'ann' } });
  await ann.sendJson({ text: '' });
  await expect(ann.receive()).rejects.toMatchObject({ code: 1008 });
});

describe('rooms whose messages go over a bus', () => {
  const contract = roomsContract(() => new BusRooms(new EventEmitter()));
  for (const [name, check] of Object.entries(contract)) it(name, check);

  it('reach the visitors of another process', async () => {
    const bus = new EventEmitter();
    const overrides = () => [override(Rooms, () => new BusRooms(bus))];
    await using here = await testClient(app, { overrides: overrides() });
    await using there = await testClient(app, { overrides: overrides() });
    await using ann = await here.websocket('/chat/blue', { params: { token: 'ann' } });
    await using bob = await there.websocket('/chat/blue', { params: { token: 'bob' } });
    await ann.sendJson({ text: 'hello' });
    expect(await bob.receive()).toBe('ann: hello');
  });
});
