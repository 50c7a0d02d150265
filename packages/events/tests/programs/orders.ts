import { Min } from 'class-validator';
import {
  Controller,
  dependency,
  Get,
  HTTPException,
  Post,
  Vivace,
  type int,
  type uuid,
} from 'vivace';
import { database, Entity, Id, Session } from '@vivace/sql';
import { Consumer, Delivery, Event, Events, events, On } from '@vivace/events';

@Entity()
export class Order {
  @Id() id!: uuid;
  @Min(0) quantity!: int;
  state: string = 'placed';
}
/** What consumers did, each row once. */
@Entity()
export class Effect {
  @Id() id!: int;
  text!: string;
}

@Event('orders', { key: (event) => event.id })
export class OrderPlaced {
  id!: uuid;
  @Min(0) quantity!: int;
}
@Event('orders', { key: (event) => event.id })
export class OrderBilled {
  id!: uuid;
  at!: Date;
}

export class Refused extends Error {}

/** Tries that were begun, in their order. */
export const tries: string[] = [];

/** What the next tries do, by quantity. */
export const failures = new Map<number, (attempt: number) => unknown>();

@Consumer({ group: 'billing' })
export class Billing {
  constructor(
    private readonly db: Session,
    private readonly events: Events,
  ) {}

  @On(OrderPlaced, { retries: 2, fatal: [Refused] })
  async bill(order: OrderPlaced, delivery: Delivery): Promise<void> {
    tries.push(`${order.quantity} ${delivery.attempt}`);
    this.db.add(Effect, { text: `billed ${order.quantity}` });
    await this.db.flush();
    await failures.get(order.quantity)?.(delivery.attempt);
    await this.db.nativeUpdate(Order, { id: order.id }, { state: 'billed' });
    this.events.publish(OrderBilled, { id: order.id, at: new Date() });
  }
}

@Consumer({ group: 'statistics' })
export class Statistics {
  constructor(private readonly db: Session) {}

  @On(OrderPlaced, { once: false })
  placed(order: OrderPlaced, delivery: Delivery): void {
    this.db.add(Effect, {
      text: `placed ${order.quantity} ${delivery.topic} ${delivery.key === order.id}`,
    });
  }
  @On(OrderBilled)
  billed({ at }: OrderBilled): void {
    this.db.add(Effect, { text: `seen ${at instanceof Date}` });
  }
}

@Controller('/orders')
export class Orders {
  constructor(
    private readonly db: Session,
    private readonly events: Events,
  ) {}

  @Post('/', { status: 201 })
  async place(order: Pick<Order, 'quantity'>): Promise<Order> {
    const placed = this.db.add(Order, order);
    this.events.publish(OrderPlaced, placed);
    if (order.quantity === 13) throw new HTTPException(409, 'Unlucky');
    return placed;
  }
  @Get('/')
  all(): Promise<Order[]> {
    return this.db.find(Order, {});
  }
  @Get('/effects')
  async effects(): Promise<string[]> {
    return (await this.db.find(Effect, {}, { orderBy: { id: 'asc' } })).map(({ text }) => text);
  }
}

export const orderDatabase = database({ entities: [Order, Effect] });
export const app = new Vivace({
  controllers: [Orders],
  extensions: [orderDatabase, events({ consumers: [Billing, Statistics] })],
});

/** Events of a session of its own, for what no request does. */
export const withEvents = <T>(work: (events: Events, db: Session) => Promise<T>) =>
  dependency({ events: Events, db: Session }, ({ events, db }) => work(events, db));
