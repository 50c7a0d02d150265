import { setTimeout as delay } from 'node:timers/promises';
import { Controller, Put, Vivace, type int, type uuid } from 'vivace';
import { Consumer, Event, Events, events, On } from '@vivace/events';
import { Job, Jobs, queue } from '@vivace/queue';
import { database, Entity, Id, Session } from '@vivace/sql';

/** Milliseconds: long enough that many are begun at any time. */
const WORK = 20;

@Entity()
class Purchase {
  @Id() id!: uuid;
}
/** What was done for a purchase, in the transaction of who did it. */
@Entity()
class Effect {
  @Id() id!: int;
  purchase!: uuid;
  by!: string;
}

class Packing {
  purchase!: uuid;
}
@Job({ concurrency: 8 })
class Pack {
  constructor(private readonly db: Session) {}
  async run({ purchase }: Packing): Promise<void> {
    await this.db.insert(Effect, { purchase, by: 'job' });
    await delay(WORK);
  }
}

@Event('drain.purchases', { key: (event) => event.purchase })
class Purchased {
  purchase!: uuid;
}
@Consumer({ group: 'drain-billing' })
class Billing {
  constructor(private readonly db: Session) {}
  @On(Purchased)
  async bill({ purchase }: Purchased): Promise<void> {
    await this.db.insert(Effect, { purchase, by: 'event' });
    await delay(WORK);
  }
}

@Controller('/purchases')
class Purchases {
  constructor(
    private readonly db: Session,
    private readonly jobs: Jobs,
    private readonly events: Events,
  ) {}
  @Put('/:id', { status: 201 })
  async place(id: uuid): Promise<void> {
    await this.db.insert(Purchase, { id });
    await this.jobs.add(Pack, { purchase: id });
    this.events.publish(Purchased, { purchase: id });
  }
}

export const app = new Vivace({
  controllers: [Purchases],
  extensions: [
    database({ entities: [Purchase, Effect] }),
    queue({ jobs: [Pack] }),
    events({ consumers: [Billing] }),
  ],
  docs: false,
});
