import { Max, Min } from 'class-validator';
import { Controller, Post, Vivace, type int, type uuid } from 'vivace';
import { Attempt, Job, Jobs, queue } from '@vivace/queue';
import { Collection, database, Entity, Id, Many, Session, Unique, type Rel } from '@vivace/sql';

@Entity()
class Purchase {
  @Id() id!: uuid;
  @Many(() => Line, 'purchase') lines = new Collection<Line>(this);
}
@Entity()
class Line {
  @Id() id!: int;
  purchase!: Rel<Purchase>;
}
/** What a job did: the id of its tries keeps the second from doing it again. */
@Entity()
class Bill {
  @Id() id!: int;
  purchase!: uuid;
  @Unique() attempt!: uuid;
}

class Billing {
  purchase!: uuid;
}

@Job({ concurrency: 8, retries: 100 })
class Billed {
  constructor(private readonly db: Session) {}

  async run({ purchase }: Billing, { id: attempt }: Attempt): Promise<void> {
    if ((await this.db.findOne(Bill, { attempt })) === null)
      await this.db.insert(Bill, { purchase, attempt });
  }
}

class Several {
  @Min(1) @Max(1000) count!: int;
}

@Controller('/purchases')
class Purchases {
  constructor(
    private readonly db: Session,
    private readonly jobs: Jobs,
  ) {}

  /** Several statements and a job, kept together or not at all. */
  @Post('/', { status: 201 })
  async place(order: Pick<Purchase, 'id'>): Promise<void> {
    const purchase = await this.db.insert(Purchase, order);
    for (let line = 0; line < LINES; line += 1) await this.db.insert(Line, { purchase });
    await this.jobs.add(Billed, { purchase: order.id });
  }
  @Post('/many', { status: 201 })
  async many(several: Several): Promise<void> {
    const payloads: Billing[] = [];
    for (let made = 0; made < several.count; made += 1) {
      const purchase = await this.db.insert(Purchase, {});
      for (let line = 0; line < LINES; line += 1) await this.db.insert(Line, { purchase });
      payloads.push({ purchase: purchase.id });
    }
    await this.jobs.addAll(Billed, payloads);
  }
}

/** Of each purchase. */
const LINES = 3;

const works = process.argv[2] === 'work';
const server = await new Vivace({
  controllers: [Purchases],
  extensions: [
    database({
      entities: [Purchase, Line, Bill],
      timeouts: { connect: 1000, statement: 2000 },
    }),
    queue({ jobs: [Billed] }),
  ],
  logger: false,
  docs: false,
}).listen({ port: 0, work: works, http: !works });
process.send?.({ url: server.url });
