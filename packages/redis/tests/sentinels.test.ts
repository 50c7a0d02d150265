import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf } from '../src/client/address';
import { opened } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

test('an address says who connects, to which database, and whether by TLS', () => {
  expect(addressOf('redis://cache')).toEqual({ host: 'cache', port: 6379, db: 0 });
  expect(addressOf('rediss://ann:s%3Ac@[::1]:7000/2')).toEqual({
    host: '::1',
    port: 7000,
    username: 'ann',
    password: 's:c',
    db: 2,
    tls: {},
  });
  expect(addressOf('redis+sentinel://:secret@one,two:7001/main/3')).toEqual({
    sentinels: [
      { host: 'one', port: 26_379 },
      { host: 'two', port: 7001 },
    ],
    name: 'main',
    password: 'secret',
    db: 3,
  });
});

describeWithRedis('sentinels', () => {
  it('say where the server is', async () => {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'vivace-sentinel-'));
    try {
      await using server = await RedisServer.start();
      const file = join(folder, 'sentinel.conf');
      writeFileSync(file, `sentinel monitor main 127.0.0.1 ${server.port} 1\n`);
      await using sentinel = await RedisServer.startSentinel(file);
      await using redis = await opened(`redis+sentinel://127.0.0.1:${sentinel.port}/main`);
      await redis.client.set('there', '1');
      await using direct = await opened(server.url, { prefix: '' });
      expect(await direct.client.keys('*there')).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
