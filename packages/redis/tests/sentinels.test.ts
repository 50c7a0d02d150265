import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf } from '../src/client/address';
import { opened } from './opened';
import { RedisStore } from '../src/store/redis-store';
import { RedisDown } from '../src/client/redis-down';
import { describeWithRedis, RedisServer, until } from './redis-server';

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

  it('make another server the one that is written to, and the next commands reach it', async () => {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'vivace-sentinel-'));
    try {
      await using first = await RedisServer.start();
      await using second = await RedisServer.start('--replicaof', '127.0.0.1', `${first.port}`);
      const file = join(folder, 'sentinel.conf');
      const main = [
        `monitor main 127.0.0.1 ${first.port} 1`,
        'down-after-milliseconds main 300',
        'failover-timeout main 2000',
      ];
      writeFileSync(file, main.map((line) => `sentinel ${line}\n`).join(''));
      await using sentinel = await RedisServer.startSentinel(file);
      await using redis = await opened(`redis+sentinel://127.0.0.1:${sentinel.port}/main`, {
        timeouts: { connect: 1000, command: 500 },
      });
      await using watching = await opened(sentinel.url, { prefix: '' });
      // Sentinels learn of replicas by and by.
      await until(async () => {
        const replicas = await watching.client.call('sentinel', ['replicas', 'main']);
        return JSON.stringify(replicas).includes(`${second.port}`);
      });
      const store = new RedisStore(redis.client);
      await store.set('there', 'before');
      await first.kill();
      await expect(store.set('there', 'lost')).rejects.toThrow(RedisDown);
      await until(() =>
        store.set('there', 'after').then(
          () => true,
          () => false,
        ),
      );
      await using direct = await opened(second.url, { prefix: '' });
      expect(await direct.client.keys('*there')).toHaveLength(1);
      expect(await direct.client.info('replication')).toContain('role:master');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
