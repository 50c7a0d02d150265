import { Min } from 'class-validator';
import { Controller, Get, Post, Vivace, type int, type uuid } from 'vivace';
import { Consumer, Delivery, Event, Events, events, On } from '@vivace/events';
import { database, Entity, Id, Session } from '@vivace/sql';

@Entity()
class Order {
  @Id() id!: uuid;
  @Min(1) quantity!: int;
  state: 'placed' | 'billed' = 'placed';
}
@Entity()
class Count {
  @Id() id!: int;
  orders!: int;
}

@Event('orders', { key: (event) => event.id })
export class OrderPlaced {
  id!: uuid;
  @Min(1) quantity!: int;
}

@Event('customers', {
  key: (event) => event.id,
  version: 2,
  upgrade: (old, version) => (version === 1 ? { ...(old as object), language: 'en' } : old),
})
export class CustomerJoined {
  id!: uuid;
  language!: string;
}

export class CardRefused extends Error {}

@Consumer({ group: 'billing' })
export class Billing {
  constructor(private readonly db: Session) {}

  @On(OrderPlaced, { retries: 10, fatal: [CardRefused] })
  async bill(order: OrderPlaced, delivery: Delivery): Promise<void> {
    if (order.quantity === 13) throw new CardRefused(`The card of ${delivery.key} was refused`);
    const row = await this.db.get(Order, { id: order.id });
    row.state = 'billed';
  }
}

/** For the log; a second delivery counts twice. */
const languages = new Map<string, number>();

@Consumer({ group: 'statistics', from: 'latest' })
export class Statistics {
  constructor(private readonly db: Session) {}

  @On(OrderPlaced)
  placed({ quantity }: OrderPlaced): void {
    this.db.add(Count, { orders: quantity });
  }
  @On(CustomerJoined, { once: false })
  joined({ language }: CustomerJoined): void {
    languages.set(language, (languages.get(language) ?? 0) + 1);
  }
}

@Controller('/orders')
class Orders {
  constructor(
    private readonly db: Session,
    private readonly events: Events,
  ) {}

  @Post('/', { status: 201 })
  place(order: Pick<Order, 'quantity'>): Order {
    const placed = this.db.add(Order, order);
    this.events.publish(OrderPlaced, placed);
    return placed;
  }
  @Get('/:id')
  read(id: uuid): Promise<Order> {
    return this.db.get(Order, { id });
  }
}

export const orders = database({ entities: [Order, Count] });
export const app = new Vivace({
  controllers: [Orders],
  extensions: [orders, events({ consumers: [Billing, Statistics] })],
});
