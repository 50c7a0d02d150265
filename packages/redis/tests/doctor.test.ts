import { Command } from 'commander';
import { dependency, Vivace } from 'vivace';
import { Cache, redis } from '@vivace/redis';
import { doctorCommand } from '../src/commands';
import { opened } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

async function said(url: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const program = new Command().exitOverride();
  const app = new Vivace({ extensions: [redis({ url })], logger: false });
  doctorCommand(program, { application: async () => app }, (line) => lines.push(line));
  await program.parseAsync(['doctor'], { from: 'user' });
  return lines;
}

describeWithRedis('vivace doctor', () => {
  it('warns of a server without a bound, and of one that forgets all when it ends', async () => {
    await using server = await RedisServer.start();
    const [memory, disk, ...others] = await said(server.url);
    expect(memory).toMatch(/^maxmemory is not set: .*volatile-ttl$/);
    expect(disk).toMatch(/^Nothing is written to disk: .*appendonly yes$/);
    expect(others).toEqual([]);
  });

  it.each([
    ['noeviction', /^maxmemory-policy is noeviction: .*every write fails/],
    ['allkeys-lru', /^maxmemory-policy is allkeys-lru: .*any key is dropped/],
    ['volatile-lfu', /^maxmemory-policy is volatile-lfu: .*sessions are dropped/],
  ])('warns of a policy that loses sessions or writes: %s', async (policy, expected) => {
    await using server = await RedisServer.start(
      '--maxmemory',
      '64mb',
      '--maxmemory-policy',
      policy,
    );
    const [memory] = await said(server.url);
    expect(memory).toMatch(expected);
  });

  it('says so where there is nothing to say', async () => {
    await using server = await RedisServer.start(
      '--maxmemory',
      '64mb',
      '--maxmemory-policy',
      'volatile-ttl',
      '--save',
      '60 1000',
    );
    expect(await said(server.url)).toEqual(['Redis: nothing to say.']);
  });

  it('a server that is full is one that is away: nothing is cached, and nobody is refused', async () => {
    await using server = await RedisServer.start(
      '--maxmemory',
      '1',
      '--maxmemory-policy',
      'noeviction',
    );
    await using app = await new Vivace({
      extensions: [redis({ url: server.url })],
      logger: false,
    }).build();
    const made = await app.run(
      dependency({ cache: Cache }, ({ cache }) =>
        cache.of(Number, 'full', { seconds: 60 }, async () => 7),
      ),
    );
    expect(made).toBe(7);
    await using direct = await opened(server.url);
    await expect(direct.client.set('a', '1')).rejects.toThrow('OOM');
  });
});
