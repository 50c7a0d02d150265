import { Max, Min } from 'class-validator';
import { Controller, Post, Vivace, type int, type uuid } from 'vivace';
import { Consumer, Event, Events, events, On } from '@vivace/events';
import { database, Entity, Id, Session } from '@vivace/sql';
import { ready } from '../ready.js';

@Entity()
class Order {
  @Id() id!: uuid;
  @Min(1) quantity!: int;
}
@Entity()
class Bill {
  @Id() id!: int;
  order!: uuid;
}

@Event('bench.orders', { key: (event) => event.id })
class OrderPlaced {
  id!: uuid;
  @Min(1) quantity!: int;
}

@Consumer({ group: 'bench-billing' })
class Billing {
  constructor(private readonly db: Session) {}

  @On(OrderPlaced)
  async bill({ id }: OrderPlaced): Promise<void> {
    await this.db.insert(Bill, { order: id });
  }
}

class Several {
  @Min(1) @Max(10_000) count!: int;
}
type OrderIn = Pick<Order, 'quantity'>;

@Controller('/orders')
class Orders {
  constructor(
    private readonly db: Session,
    private readonly events: Events,
  ) {}

  @Post('/plain', { status: 201 })
  plain(order: OrderIn): Promise<Order> {
    return this.db.insert(Order, order);
  }
  @Post('/published', { status: 201 })
  async published(order: OrderIn): Promise<Order> {
    const placed = await this.db.insert(Order, order);
    this.events.publish(OrderPlaced, placed);
    return placed;
  }
  @Post('/many', { status: 201 })
  many(several: Several): void {
    for (let made = 0; made < several.count; made += 1)
      this.events.publish(OrderPlaced, { id: crypto.randomUUID() as uuid, quantity: 1 as int });
  }
}

const works = process.argv[2] === 'work';
const server = await new Vivace({
  controllers: [Orders],
  extensions: [database({ entities: [Order, Bill] }), events({ consumers: [Billing] })],
  logger: false,
  docs: false,
}).listen({ port: 0, work: works, http: !works });
ready(server.url);
