import { Max, Min, MinLength } from 'class-validator';
import { setTimeout as delay } from 'node:timers/promises';
import {
  BackgroundTasks,
  Controller,
  dependency,
  Depends,
  Get,
  Post,
  Query,
  UploadFile,
  Vivace,
  type int,
} from 'vivace';
import { EventSourceResponse } from 'vivace/responses';

/** What a server says of itself. */
export interface Census {
  /** Bytes, after a collection of garbage. */
  readonly heap: number;
  readonly resident: number;
  /** Sockets, pipes and files that are open. */
  readonly open: number;
  /** Dependencies that were opened and not closed. */
  readonly held: number;
  readonly opened: number;
  /** Background tasks that have run. */
  readonly tasks: number;
  /** Errors in the log. */
  readonly logged: number;
}

let opened = 0;
let closed = 0;
let tasks = 0;
let logged = 0;

const resource = dependency(function* () {
  opened += 1;
  try {
    yield { number: opened };
  } finally {
    closed += 1;
  }
});
const page = dependency(
  { limit: Query(Number, { default: 10, ge: 1, le: 100 }), of: resource },
  ({ limit, of }) => ({
    limit,
    number: of.number,
  }),
);

class Line {
  @MinLength(1) sku!: string;
  @Min(1) @Max(100) count!: int;
}
class Order {
  @MinLength(1) customer!: string;
  lines!: Line[];
}
class Numbered extends Order {
  number!: int;
}
class Tick {
  at!: number;
}
class Stored {
  size!: number;
}

@Controller()
class Soak {
  @Get('/items/:id')
  item(
    @Depends(page) page: { limit: number; number: number },
    id: int,
  ): { id: number; limit: number } {
    return { id, limit: page.limit };
  }

  @Post('/orders', { status: 201 })
  order(
    order: Order,
    @Depends(resource) { number }: { number: number },
    after: BackgroundTasks,
  ): Numbered {
    after.add(() => void (tasks += 1));
    return { ...order, number };
  }

  @Get('/wait')
  async wait(@Depends(resource) _held: { number: number }, signal: AbortSignal): Promise<void> {
    await delay(20_000, undefined, { signal });
  }

  @Get('/events', { responseClass: EventSourceResponse })
  async *events(
    @Depends(resource) _held: { number: number },
    signal: AbortSignal,
  ): AsyncIterable<Tick> {
    for (;;) {
      yield { at: Date.now() };
      await delay(1000, undefined, { signal });
    }
  }

  @Post('/files')
  async upload(file: UploadFile): Promise<Stored> {
    let size = 0;
    for await (const chunk of file.stream()) size += chunk.length;
    return { size };
  }
}

const directory = process.argv[3]!;
const app = new Vivace({
  controllers: [Soak],
  logger: {
    level: 'error',
    stream: {
      write(line: string) {
        logged += 1;
        process.stderr.write(line);
      },
    },
  },
  docs: false,
  timeouts: JSON.parse(process.argv[4]!) as Record<string, number>,
  uploads: { directory, fileSize: 100 * 2 ** 20, totalSize: 100 * 2 ** 20 },
});
const server = await app.listen({ port: Number(process.argv[2]) });
process.send?.({ url: server.url });
process.on('message', () => {
  global.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const census: Census = {
    heap: heapUsed,
    resident: rss,
    open: process.getActiveResourcesInfo().filter((name) => !/^(Timeout|Immediate)$/.test(name))
      .length,
    held: opened - closed,
    opened,
    tasks,
    logged,
  };
  process.send?.(census);
});
