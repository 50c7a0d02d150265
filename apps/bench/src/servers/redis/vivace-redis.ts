import { Controller, Get, Vivace, type int } from 'vivace';
import { rateLimit } from 'vivace/middleware';
import { Cache, redis } from '@vivace/redis';
import { LIMIT, productOf, SECONDS } from '../../redis/product.js';
import { ready } from '../../ready.js';

class Product {
  id!: int;
  name!: string;
  cents!: int;
  tags!: string[];
  added!: Date;
}

@Controller('/products')
class Products {
  constructor(private readonly cache: Cache) {}

  @Get('/:id', { middleware: [rateLimit(LIMIT)] })
  read(id: int): Promise<Product> {
    return this.cache.of(
      Product,
      `product:${id}`,
      { seconds: SECONDS },
      async () => productOf(id) as Product,
    );
  }
}

const server = await new Vivace({
  controllers: [Products],
  extensions: [redis({ prefix: 'vivace' })],
  logger: false,
  docs: false,
}).listen({ port: Number(process.argv[2]) });
ready(server.url);
