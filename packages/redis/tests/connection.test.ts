import { opened } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

describeWithRedis('a connection', () => {
  it('gives each command its own answer, however commands, scripts, pipelines and bytes are mixed', async () => {
    await using server = await RedisServer.start();
    await using redis = await opened(server.url);
    const { client } = redis;
    const asking: Promise<void>[] = [];
    const ask = async (kind: number, id: string): Promise<void> => {
      if (kind === 0) expect(await client.echo(id)).toBe(id);
      if (kind === 1) expect(await client.eval('return ARGV[1]', 0, id)).toBe(id);
      if (kind === 2) {
        const replies = await client.pipeline().echo(id).echo(`${id}!`).exec();
        expect(replies).toEqual([
          [null, id],
          [null, `${id}!`],
        ]);
      }
      if (kind === 3) {
        const replies = await client.multi().set(id, id).get(id).exec();
        expect(replies).toEqual([
          [null, 'OK'],
          [null, id],
        ]);
      }
      if (kind === 4)
        expect(await client.echoBuffer(Buffer.from([0, 255]))).toEqual(Buffer.from([0, 255]));
      if (kind === 5)
        expect(await client.echo(`${id}ä`.repeat(10_000))).toHaveLength(10_000 * (id.length + 1));
      if (kind === 6) await expect(client.call('nonsense', id)).rejects.toThrow('unknown command');
    };
    // Always the same mixture.
    let seed = 7;
    for (let count = 0; count < 2000; count += 1) {
      seed = (seed * 16_807) % 2_147_483_647;
      asking.push(ask(seed % 7, `id-${count}`));
      if (seed % 11 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (seed % 13 === 0) await Promise.all(asking.splice(0));
    }
    await Promise.all(asking);
  });
});
