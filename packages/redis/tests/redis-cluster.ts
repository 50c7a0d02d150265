import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { RedisServer, until } from './redis-server';

/** Three servers that are a cluster, each with a third of the keys. */
export class RedisCluster implements AsyncDisposable {
  private constructor(
    readonly servers: readonly RedisServer[],
    readonly folder: string,
  ) {}

  static async start(): Promise<RedisCluster> {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'vivace-cluster-'));
    const servers: RedisServer[] = [];
    const cluster = new RedisCluster(servers, folder);
    for (let count = 0; count < 3; count += 1) {
      const config = `nodes-${count}.conf`;
      const options = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
      servers.push(
        await RedisServer.start(...options, '--dir', folder, '--cluster-config-file', config),
      );
    }
    const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
    execFileSync('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes']);
    await cluster.ready();
    return cluster;
  }

  get url(): string {
    return `redis+cluster://${this.servers.map(({ port }) => `127.0.0.1:${port}`).join()}`;
  }

  /** Until all agree that all are there. */
  async ready(): Promise<void> {
    for (const { port } of this.servers) {
      await using client = opened(port);
      await until(async () => String(await client.redis.cluster('INFO')).includes('state:ok'));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.servers) await server[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true });
  }
}

function opened(port: number) {
  const redis = new Redis(port, '127.0.0.1');
  redis.on('error', () => undefined);
  return { redis, [Symbol.asyncDispose]: async () => redis.disconnect() };
}
