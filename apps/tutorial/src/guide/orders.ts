import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Path,
  Post,
  Query,
  Throws,
  Vivace,
  dependency,
  int,
  type Provided,
} from 'vivace';
import { cache, deprecation, etag, idempotency, timeout } from 'vivace/middleware';
import { Page, PageQuery } from 'vivace/responses';
import { APIKeyHeader } from 'vivace/security';

class Order {
  id!: int;
  item!: string;
}
class NotFound extends HTTPException {
  constructor() {
    super(404, 'No such order');
  }
}
class Closed extends Error {
  static readonly status = 409;
}

/** Tells whose idempotency keys are whose. */
const customer = new APIKeyHeader({ key: 'X-Customer' });

const database = dependency(
  function* () {
    const orders: Order[] = [];
    yield orders;
    orders.length = 0;
  },
  { lifetime: 'singleton' },
);
type Database = Provided<typeof database>;

const ping = dependency({ orders: database }, ({ orders }) => orders.length);

const order = dependency(
  { id: Path(int), orders: database },
  ({ id, orders }) => {
    const found = orders.find((one) => one.id === id);
    if (found === undefined) throw new NotFound();
    return found;
  },
  { throws: [NotFound] },
);

@Controller('/orders')
class Orders {
  @Post('/', {
    status: 201,
    dependencies: [customer],
    middleware: [idempotency({ required: true }), timeout(5)],
  })
  place(body: { item: string }, @Depends(database) orders: Database): Order {
    const placed = { id: orders.length + 1, item: body.item };
    orders.push(placed);
    return placed;
  }

  @Get('/', { middleware: [etag()] })
  list(@Query() query: PageQuery, @Depends(database) orders: Database): Page<Order> {
    return Page.of(orders.slice(query.offset, query.offset + query.size), orders.length, query);
  }

  @Get('/count', { middleware: [cache({ seconds: 10 })] })
  count(@Depends(database) orders: Database): int {
    return orders.length;
  }

  @Get('/:id')
  @Throws(Closed)
  read(@Depends(order) found: Order): Order {
    return found;
  }
}

@Controller('/report', {
  apiVersion: '1',
  middleware: [deprecation({ since: new Date('2026-01-01'), sunset: new Date('2027-01-01') })],
})
class ReportV1 {
  @Get()
  report(): string {
    return 'as a text';
  }
}

@Controller('/report', { apiVersion: '2' })
class ReportV2 {
  @Get()
  report(): { as: string } {
    return { as: 'an object' };
  }
}

export const app = new Vivace({
  controllers: [Orders, ReportV1, ReportV2],
  lifespan: database,
  health: { checks: { database: ping } },
});
