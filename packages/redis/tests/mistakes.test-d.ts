import { Injectable, int, listOf, oneOf, pageOf } from 'vivace';
import type { Page } from 'vivace/responses';
import { Cached, type Cache, type Channels, type Locks, type Redis } from '@vivace/redis';

class Price {
  product!: int;
  cents!: int;
}
declare const cache: Cache;
declare const redis: Redis;
declare const locks: Locks;
declare const channels: Channels;
const FOR = { seconds: 60 };

// What the editor has to show.

// @ts-expect-error -- a key without an end has to say so
void redis.set('a', '1', {});
// @ts-expect-error -- it would hold up the server
void redis.keys('*');
// @ts-expect-error -- seconds are not left out
void cache.of(Price, 'a', {}, async () => new Price());
// @ts-expect-error -- what is made is no Price
void cache.of(Price, 'a', FOR, async () => 1);
// @ts-expect-error -- a lock ends
void locks.acquire('a', {});
// @ts-expect-error -- a message is an object
void channels.publish('a', 1);

@Injectable()
class Prices {
  // @ts-expect-error -- the key is made of the arguments of the method
  @Cached({ seconds: 30, key: (name: string) => name })
  async of(product: int): Promise<Price> {
    return { product, cents: 1 as int };
  }
  // @ts-expect-error -- what is kept is waited for
  @Cached({ seconds: 30, key: (product: int) => `now:${product}` })
  now(product: int): Price {
    return { product, cents: 1 as int };
  }
}
void Prices;

// What it gives.

void (async (): Promise<void> => {
  const price: Price = await cache.of(Price, 'a', FOR, async () => new Price());
  const list: Price[] = await cache.of([Price], 'a', FOR, async () => [price]);
  const other: Price[] = await cache.of(listOf(Price), 'a', FOR, async () => list);
  const count: int = await cache.of(int, 'a', FOR, async () => 1 as int);
  const either: Price | null = await cache.of(oneOf(Price, null), 'a', FOR, async () => null);
  const page: Page<Price> = await cache.of(pageOf(Price), 'a', FOR, async () => page);
  const kept: boolean = await redis.set('a', '1', { forever: true });
  for await (const each of channels.subscribe('a', Price)) void (each satisfies Price);
  void [other, count, either, kept];
});
