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
import { database, Entity, Id, Session, Unique } from '@vivace/sql';
import { Attempt, Cron, Job, Jobs, JobStatus, queue } from '@vivace/queue';

@Entity()
export class Order {
  @Id() id!: uuid;
  @Min(1) quantity!: int;
}
/** What the jobs of the test did, each once. */
@Entity()
export class Effect {
  @Id() id!: int;
  @Unique() text!: string;
}

export class Invoice {
  order!: uuid;
  due?: Date;
}

@Job({ retries: 2, timeout: 60 })
export class SendInvoice {
  constructor(private readonly db: Session) {}

  async run({ order, due }: Invoice, attempt: Attempt): Promise<{ sent: boolean; year: number }> {
    await attempt.progress(0.5);
    this.db.add(Effect, { text: `invoice ${order}` });
    return { sent: true, year: (due ?? new Date(0)).getUTCFullYear() };
  }
}

export class Task {
  name!: string;
  @Min(0) fails?: int;
}

/** Tries that were begun, in their order. */
export const tries: string[] = [];

@Job({ name: 'flaky', retries: 2 })
export class Flaky {
  constructor(
    private readonly db: Session,
    private readonly jobs: Jobs,
  ) {}

  async run({ name, fails = 0 }: Task, attempt: Attempt): Promise<void> {
    tries.push(`${name} ${attempt.number}`);
    this.db.add(Effect, { text: `${name} ${attempt.number}` });
    await this.jobs.add(SendInvoice, { order: attempt.id });
    await this.db.flush();
    if (attempt.number <= fails) throw new Error(`${name} failed`);
  }
}

@Job()
export class Large {
  run({ name }: Task): string {
    return name.repeat(70_000);
  }
}

/** Gives what JSON cannot say, after it has done its work. */
@Job()
export class Unsayable {
  constructor(private readonly db: Session) {}

  run({ name }: Task): unknown {
    this.db.add(Effect, { text: name });
    const result: { self?: unknown } = {};
    return name === 'circle' ? (result.self = result) : { count: 10n };
  }
}

class Report {
  text!: string;
  made!: Date;
}
/** Gives more than its type says, or less. */
@Job()
export class WriteReport {
  async run({ name }: Task): Promise<Report | null> {
    const report = { made: new Date(0), written: { by: 'nobody outside may know' } };
    return name === 'without text' ? (report as unknown as Report) : { ...report, text: name };
  }
}

@Job()
@Cron('0 3 * * *', { timeZone: 'Europe/Berlin' })
export class ForgetOldOrders {
  constructor(private readonly db: Session) {}

  run(): Promise<number> {
    return this.db.nativeDelete(Order, {});
  }
}

class Placed {
  id!: uuid;
  job!: uuid;
}

@Controller('/orders')
export class Orders {
  constructor(
    private readonly db: Session,
    private readonly jobs: Jobs,
  ) {}

  @Post('/', { status: 202 })
  async place(order: Pick<Order, 'quantity'>): Promise<Placed> {
    const { id } = this.db.add(Order, order);
    const job = await this.jobs.add(SendInvoice, { order: id }, { key: id });
    if (order.quantity === 13) throw new HTTPException(409, 'Unlucky');
    return { id, job };
  }
  @Get('/')
  all(): Promise<Order[]> {
    return this.db.find(Order, {});
  }
  @Get('/effects')
  async effects(): Promise<string[]> {
    return (await this.db.find(Effect, {}, { orderBy: { id: 'asc' } })).map(({ text }) => text);
  }
  @Post('/:id/invoice', { status: 202 })
  async invoice(id: uuid): Promise<{ job: uuid }> {
    return { job: await this.jobs.add(SendInvoice, { order: id }, { key: id }) };
  }
  @Get('/jobs/:job')
  status(job: uuid): Promise<JobStatus> {
    return this.jobs.status(job);
  }
  @Post('/jobs/:job/cancel')
  cancel(job: uuid): Promise<boolean> {
    return this.jobs.cancel(job);
  }
  @Post('/jobs/:job/retry')
  retry(job: uuid): Promise<boolean> {
    return this.jobs.retry(job);
  }
}

export const allJobs = [SendInvoice, Flaky, Large, Unsayable, WriteReport, ForgetOldOrders];
export const orderDatabase = database({ entities: [Order, Effect] });
export const app = new Vivace({
  controllers: [Orders],
  extensions: [orderDatabase, queue({ jobs: allJobs })],
});

/** Jobs of a session of its own, for what no request does. */
export const withJobs = <T>(work: (jobs: Jobs, db: Session) => Promise<T>) =>
  dependency({ jobs: Jobs, db: Session }, ({ jobs, db }) => work(jobs, db));
