import {
  Controller,
  Delete,
  Get,
  HTTPException,
  Injectable,
  Post,
  Put,
  Vivace,
  WebSocket,
  WebSocketRoute,
  type int,
} from 'vivace';
import { idempotency, rateLimit, WebSession } from 'vivace/middleware';
import { Cache, Cached, Channels, Locks, redis } from '@vivace/redis';

class Product {
  id!: int;
  name!: string;
  left!: int;
  added: Date = new Date();
}
class Price {
  product!: int;
  cents!: int;
}
export class StockChanged {
  product!: int;
  left!: int;
}

/** What would be a table; `writtenBy` is the last lock that changed it. */
const rows = new Map<int, Product & { writtenBy: number }>();
export const asked: string[] = [];

@Injectable()
export class Products {
  constructor(private readonly cache: Cache) {}

  read(id: int): Promise<Product> {
    return this.cache.of(Product, `product:${id}`, { seconds: 300, tags: ['products'] }, () =>
      this.#row(id),
    );
  }
  async write(product: Product): Promise<void> {
    rows.set(product.id, { writtenBy: 0, ...product });
    await this.cache.forget(`product:${product.id}`);
  }
  async clear(): Promise<void> {
    rows.clear();
    await this.cache.forgetTag('products');
  }
  async #row(id: int): Promise<Product> {
    asked.push(`product ${id}`);
    const row = rows.get(id);
    if (row === undefined) throw new HTTPException(404);
    return row;
  }
}

@Injectable()
export class Prices {
  @Cached({ seconds: 30, stale: 60, key: (product: int) => `price:${product}` })
  async of(product: int): Promise<Price> {
    asked.push(`price ${product}`);
    return { product, cents: 100 as int };
  }
}

@Controller('/products')
class Shop {
  constructor(
    private readonly products: Products,
    private readonly prices: Prices,
    private readonly locks: Locks,
    private readonly channels: Channels,
  ) {}

  @Get('/:id')
  read(id: int): Promise<Product> {
    return this.products.read(id);
  }
  @Put('/', { middleware: [rateLimit({ limit: 100, seconds: 60 })] })
  write(product: Product): Promise<void> {
    return this.products.write(product);
  }
  @Delete('/')
  clear(): Promise<void> {
    return this.products.clear();
  }
  @Get('/:id/price')
  price(id: int): Promise<Price> {
    return this.prices.of(id);
  }
  @Post('/:id/order', { middleware: [idempotency({ key: () => 'everybody' })] })
  async order(id: int): Promise<Product> {
    await using lock = await this.locks.acquire(`stock:${id}`, { seconds: 10, wait: 2 });
    const row = rows.get(id);
    if (row === undefined || row.left === 0) throw new HTTPException(409, 'Sold out');
    if (lock.token < row.writtenBy) throw new HTTPException(503);
    const left = (row.left - 1) as int;
    await this.products.write(Object.assign(row, { left, writtenBy: lock.token }));
    await this.channels.publish('stock', { product: id, left } satisfies StockChanged);
    return row;
  }
}

@Controller('/feed')
class Feed {
  constructor(private readonly channels: Channels) {}

  @WebSocketRoute('/')
  async feed(socket: WebSocket): Promise<void> {
    const changes = await this.channels.subscribe('stock', StockChanged, socket.signal);
    await socket.sendJson({ listening: true });
    for await (const change of changes) await socket.sendJson(change);
  }
}

@Controller('/visits')
class Visits {
  @Get('/')
  count(session: WebSession<{ visits: number }>): number {
    return (session.data.visits = (session.data.visits ?? 0) + 1);
  }
}

export const app = new Vivace({
  controllers: [Shop, Feed, Visits],
  extensions: [redis()],
});
