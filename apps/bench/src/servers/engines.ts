import { Min } from 'class-validator';
import { Controller, Get, HTTPException, Put, Vivace, type int, type uuid } from 'vivace';
import { Consumer, Event, Events, events, On } from '@vivace/events';
import { Cache, redis } from '@vivace/redis';
import { database, Entity, Id, Session } from '@vivace/sql';
import { tellWaits } from './redis-waits.js';

@Entity()
class Order {
  @Id() id!: uuid;
  @Min(1) step!: int;
}
/** What billing did, in its order: nothing keeps it from doing it twice but the mark of the event. */
@Entity()
class Bill {
  @Id() id!: int;
  order!: uuid;
  step!: int;
}

@Event('engines.orders', { key: (event) => event.order })
class OrderStepped {
  order!: uuid;
  step!: int;
}

@Consumer({ group: 'engines-billing' })
class Billing {
  constructor(private readonly db: Session) {}

  @On(OrderStepped, { retries: 1000 })
  async bill({ order, step }: OrderStepped): Promise<void> {
    await this.db.insert(Bill, { order, step });
  }
}

@Controller('/orders')
class Orders {
  constructor(
    private readonly db: Session,
    private readonly events: Events,
    private readonly cache: Cache,
  ) {}

  /** A client that was not answered asks again: a step is taken once. */
  @Put('/:id/:step')
  async put(id: uuid, step: int): Promise<{ step: int }> {
    const taken = await this.db.execute<object[]>(
      `insert into "order" (id, step) values (?, 1) on conflict (id) do update
        set step = "order".step + 1 where "order".step = ? - 1 returning id`,
      [id, step],
    );
    const { step: now } = await this.db.get(Order, { id });
    if (taken.length > 0 && now === step) this.events.publish(OrderStepped, { order: id, step });
    await this.cache.forget(`order:${id}`);
    if (now < step) throw new HTTPException(409, 'A step is missing');
    return { step: now };
  }
  @Get('/:id')
  async read(id: uuid): Promise<Order> {
    return this.cache.of(Order, `order:${id}`, { seconds: 1 }, () => this.db.get(Order, { id }));
  }
}

tellWaits((wait) => process.send?.({ wait }));
const works = process.argv[2] === 'work';
const server = await new Vivace({
  controllers: [Orders],
  extensions: [
    database({ entities: [Order, Bill], timeouts: { connect: 1000, statement: 5000 } }),
    redis(),
    events({ consumers: [Billing] }),
  ],
  logger: false,
  docs: false,
}).listen({ port: 0, work: works, http: !works });
process.send?.({ url: server.url });
