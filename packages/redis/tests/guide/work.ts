import { Controller, Post, Vivace, type int } from 'vivace';
import { redis, Redis } from '@vivace/redis';

@Controller('/left')
export class Left {
  constructor(private readonly redis: Redis) {}

  @Post('/:product')
  async take(product: int): Promise<int> {
    const key = `left:${product}`;
    await this.redis.set(key, 10, { seconds: 3600, unless: 'exists' });
    return (await this.redis.decr(key)) as int;
  }
  @Post('/')
  async forget(): Promise<string[]> {
    const forgotten: string[] = [];
    for await (const key of this.redis.scan('left:*')) {
      await this.redis.unlink(key);
      forgotten.push(key);
    }
    return forgotten;
  }
}

@Controller('/log')
export class Log {
  constructor(private readonly redis: Redis) {}

  @Post('/:text')
  async add(text: string): Promise<void> {
    await this.redis.xadd('log', 'MAXLEN', '~', 1000, '*', 'text', text);
  }
  @Post('/')
  async next(): Promise<string[]> {
    const own = this.redis.duplicate();
    try {
      const read = await own.xread('COUNT', 10, 'BLOCK', 5000, 'STREAMS', 'log', '0');
      return (read ?? []).flatMap(([, entries]) => entries.map(([, fields]) => fields[1]!));
    } finally {
      own.disconnect();
    }
  }
}

export const app = new Vivace({ controllers: [Left, Log], extensions: [redis()] });
