import { setImmediate } from 'node:timers/promises';
import { Controller, dependency, Get, HTTPException, Post, Vivace, type int } from 'vivace';
import { timeout } from 'vivace/middleware';
import { database, DatabaseAccess, Entity, Id, Reader, Session } from '@vivace/sql';

@Entity()
class Mark {
  @Id() id!: int;
  text!: string;
}
type MarkIn = Pick<Mark, 'text'>;

/** Called when the handler of a request has written. */
const written = new Map<string, () => void>();

@Controller('/marks')
class Marks {
  constructor(
    private readonly db: Session,
    private readonly reader: Reader,
  ) {}

  @Get('/')
  all(): Promise<MarkIn[]> {
    return this.db.find(Mark, {}, { orderBy: { text: 'asc' } });
  }
  @Post('/kept')
  kept(mark: MarkIn): Promise<MarkIn> {
    return this.db.insert(Mark, mark);
  }
  @Post('/failing')
  async failing(mark: MarkIn): Promise<void> {
    await this.db.insert(Mark, mark);
    throw new HTTPException(418, 'no');
  }
  @Post('/late', { middleware: [timeout(0.2)] })
  async late(mark: MarkIn): Promise<void> {
    await this.db.insert(Mark, mark);
    await this.db.execute('select pg_sleep(60)');
  }
  @Get('/late', { middleware: [timeout(0.2)] })
  async readingLate(): Promise<void> {
    await this.reader.execute('select pg_sleep(60)');
  }
  @Post('/left')
  async left(mark: MarkIn): Promise<void> {
    await this.db.insert(Mark, mark);
    written.get(mark.text)!();
    await this.db.execute('select pg_sleep(60)');
  }
}

const EACH = 200;
const marks = database({
  entities: [Mark],
  pool: 10,
  timeouts: { connect: 60_000, statement: 0 },
});
const app = new Vivace({
  controllers: [Marks],
  extensions: [marks],
  logger: false,
  timeouts: { handler: 100 },
});

test('of 1,000 requests at once over ten connections none is lost, whatever ends it, and no connection', async () => {
  const server = await app.listen({ port: 0, handleSignals: false });
  const ask = async (path: string, text?: string, signal?: AbortSignal): Promise<unknown> => {
    const answer = await fetch(new URL(`/marks/${path}`, server.url!), {
      ...(text !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      }),
      ...(signal && { signal }),
    });
    await answer.text();
    return answer.status;
  };
  const leave = async (text: string): Promise<unknown> => {
    const client = new AbortController();
    written.set(text, () => client.abort());
    return ask('left', text, client.signal).catch((error: Error) => error.name);
  };
  try {
    const pool = await server.run(
      dependency({ access: DatabaseAccess }, ({ access }) => access.pool),
    );
    const asked = Array.from({ length: EACH }, (_, at) => [
      ask(''),
      ask('kept', `kept ${at}`),
      ask('failing', `failing ${at}`),
      ask('late', at % 2 === 0 ? undefined : `late ${at}`),
      leave(`left ${at}`),
    ]);
    const counts = new Map<unknown, number>();
    for (const outcome of await Promise.all(asked.flat()))
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      200: 2 * EACH,
      418: EACH,
      504: EACH,
      AbortError: EACH,
    });
    // Those whose clients have left end by themselves.
    while (pool.idleCount < pool.totalCount || pool.waitingCount > 0) await setImmediate();
    expect(pool.totalCount).toBeLessThanOrEqual(10);
    const rows = (await fetch(new URL('/marks/', server.url!)).then((answer) =>
      answer.json(),
    )) as MarkIn[];
    expect(rows.map(({ text }) => text).filter((text) => !text.startsWith('kept '))).toEqual([]);
    expect(rows).toHaveLength(EACH);
  } finally {
    await server.close();
  }
});
