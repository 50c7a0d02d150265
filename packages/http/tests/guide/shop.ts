import { Controller, Injectable, Post, Vivace, type decimal, type int, type uuid } from 'vivace';
import { Settings } from 'vivace/settings';
import { httpClient, UnexpectedStatus, type HttpClientOptions } from '@vivace/http';

@Settings()
class PaymentSettings {
  paymentUrl = 'https://pay.example.org/v2';
  paymentKey = 'test-key-of-the-shop';
}

class Charge {
  id!: uuid;
  amount!: decimal;
  state!: 'taken' | 'refused';
}

@Injectable()
export class Payments extends httpClient({ timeout: 5, retries: 2 }) {
  constructor(settings: PaymentSettings, more?: HttpClientOptions) {
    super({
      baseUrl: settings.paymentUrl,
      headers: { authorization: `Bearer ${settings.paymentKey}` },
      ...more,
    });
  }

  /** Tried again too: the service knows a second charge by the key. */
  charge(order: uuid, amount: decimal): Promise<Charge> {
    return this.post('/charges', { json: { order, amount }, idempotencyKey: order, as: Charge });
  }

  async find(id: uuid): Promise<Charge | null> {
    try {
      return await this.get('/charges/:id', { params: { id }, as: Charge });
    } catch (error) {
      if (error instanceof UnexpectedStatus && error.answer.status === 404) return null;
      throw error;
    }
  }
}

class Order {
  id!: uuid;
  total!: decimal;
}

@Controller('/orders')
class Orders {
  constructor(private readonly payments: Payments) {}

  @Post('/', { status: 201 })
  async place(order: Order): Promise<{ charge: uuid }> {
    const { id } = await this.payments.charge(order.id, order.total);
    return { charge: id };
  }

  @Post('/:id/found')
  async found(id: uuid): Promise<{ found: boolean }> {
    return { found: (await this.payments.find(id)) !== null };
  }
}

export const app = new Vivace({ controllers: [Orders] });

class Rate {
  cents!: int;
}
/** Nothing but its options: no decorator, no constructor. */
export class Rates extends httpClient({ baseUrl: 'https://rates.example.org' }) {
  of(currency: string): Promise<Rate> {
    return this.get('/rates/:currency', { params: { currency }, as: Rate });
  }
}
