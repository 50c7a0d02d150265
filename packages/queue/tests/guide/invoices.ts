import { BackgroundTasks, Controller, Get, Post, Vivace, type int, type uuid } from 'vivace';
import { database, Entity, Id, Session } from '@vivace/sql';
import { Attempt, Cron, Job, Jobs, JobStatus, queue } from '@vivace/queue';

@Entity()
class Order {
  @Id() id!: uuid;
  quantity!: int;
  invoiced: boolean = false;
}

class Invoice {
  order!: uuid;
}

@Job({ retries: 5, timeout: 60 })
export class SendInvoice {
  constructor(private readonly db: Session) {}

  async run({ order }: Invoice, attempt: Attempt): Promise<{ number: string }> {
    const row = await this.db.get(Order, { id: order });
    await attempt.progress(0.5);
    row.invoiced = true;
    return { number: `2026-${attempt.id.slice(0, 8)}` };
  }
}

@Cron('0 3 * * *', { timeZone: 'Europe/Berlin' })
export class ForgetInvoiced {
  constructor(private readonly db: Session) {}

  run(): Promise<number> {
    return this.db.nativeDelete(Order, { invoiced: true });
  }
}

/** For statistics; gone with the process. */
const counted = new Set<uuid>();

@Controller('/orders')
class Orders {
  constructor(
    private readonly db: Session,
    private readonly jobs: Jobs,
  ) {}

  @Post('/', { status: 201 })
  place(order: Pick<Order, 'quantity'>, tasks: BackgroundTasks): Order {
    const placed = this.db.add(Order, order);
    tasks.add(() => void counted.add(placed.id));
    return placed;
  }

  @Post('/:id/invoice', { status: 202 })
  async invoice(id: uuid): Promise<{ job: uuid }> {
    return { job: await this.jobs.add(SendInvoice, { order: id }, { key: id }) };
  }

  @Get('/jobs/:job')
  status(job: uuid): Promise<JobStatus> {
    return this.jobs.status(job);
  }
}

export const orders = database({ entities: [Order] });
export const app = new Vivace({
  controllers: [Orders],
  extensions: [orders, queue({ jobs: [SendInvoice, ForgetInvoiced] })],
});
