import { Controller, Get, Injectable, Post, Vivace, type int } from 'vivace';
import { accessLog, requestId } from 'vivace/middleware';
import { currentSpan, Metrics, Span, telemetry } from '@vivace/telemetry';
import { sentry } from '@vivace/telemetry/sentry';

@Injectable({ lifetime: 'singleton' })
class Prices {
  readonly #found;

  constructor(metrics: Metrics) {
    this.#found = metrics.counter('prices_found', 'Prices that were asked for', ['tier']);
  }

  @Span()
  async find(product: int): Promise<int> {
    currentSpan()?.setAttribute('product', product);
    this.#found.add(1, { tier: product > 100 ? 'large' : 'small' });
    return product * 2;
  }
}

@Controller('/products')
class Products {
  constructor(private readonly prices: Prices) {}

  @Get('/:id/price')
  price(id: int): Promise<int> {
    return this.prices.find(id);
  }

  @Post('/:id/orders', { status: 201 })
  order(id: int): int {
    return id;
  }
}

export const app = new Vivace({
  controllers: [Products],
  middleware: [requestId(), accessLog()],
  extensions: [
    telemetry({ service: 'shop', redact: ['iban'], errors: sentry(process.env['SENTRY_DSN']) }),
  ],
});
