import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { LockMode } from '@mikro-orm/core';
import {
  Controller,
  dependency,
  Get,
  HTTPException,
  Post,
  Vivace,
  type Dependency,
  type int,
  type Server,
} from 'vivace';
import { APIKeyHeader } from 'vivace/security';
import { database, Entity, Id, Session, Transaction } from '@vivace/sql';

@Entity()
class Visit {
  @Id() id!: int;
  by!: string;
}
type VisitIn = Pick<Visit, 'by'>;

let agreed: PromiseWithResolvers<void>;
let told: string[];

const key = new APIKeyHeader({ key: 'x-key' });
const guard = (work: (db: Session) => unknown): Dependency<void> =>
  dependency({ key, db: Session }, async ({ db }) => {
    await work(db);
    agreed.resolve();
  });
const reads = guard((db) => db.find(Visit, {}));
const locks = guard((db) => db.find(Visit, {}, { lockMode: LockMode.PESSIMISTIC_WRITE }));
const writes = guard((db) => {
  db.add(Visit, { by: 'guard' });
  db.afterCommit(() => told.push('kept'));
});

@Controller('/visits')
class Visits {
  constructor(private readonly db: Session) {}

  @Get('/')
  async all(): Promise<string[]> {
    return (await this.db.find(Visit, {}, { orderBy: { id: 'asc' } })).map(({ by }) => by);
  }
  @Post('/read', { dependencies: [reads] })
  read(visit: VisitIn): Promise<VisitIn> {
    return this.db.insert(Visit, visit);
  }
  @Post('/locked', { dependencies: [locks] })
  locked(visit: VisitIn): Promise<VisitIn> {
    return this.db.insert(Visit, visit);
  }
  @Transaction({ isolation: 'serializable' })
  @Post('/serializable', { dependencies: [reads] })
  serializable(visit: VisitIn): Promise<VisitIn> {
    return this.db.insert(Visit, visit);
  }
  @Post('/written', { dependencies: [writes] })
  async written(visit: VisitIn): Promise<VisitIn> {
    await this.db.insert(Visit, visit);
    if (visit.by === 'nobody') throw new HTTPException(409, 'Nobody');
    return visit;
  }
}

const visits = database({ entities: [Visit], pool: 1, timeouts: { connect: 1000 } });
const app = new Vivace({ controllers: [Visits], extensions: [visits], logger: false });

/** A client that has sent all but its body, and guards that have agreed to it. */
async function slowClient(server: Server, path: string): Promise<ClientRequest> {
  agreed = Promise.withResolvers();
  const headers = { 'x-key': 'good', 'content-type': 'application/json' };
  const client = request(new URL(`/visits${path}`, server.url!), { method: 'POST', headers });
  client.write('{');
  await agreed.promise;
  return client;
}

async function answerOf(client: ClientRequest, rest: string): Promise<[number, unknown]> {
  const answered = once(client, 'response');
  client.end(rest);
  const [response] = (await answered) as [IncomingMessage];
  return [response.statusCode!, await json(response)];
}

describe('with one connection for all, while a client sends its body slowly', () => {
  let server: Server;
  const all = async (): Promise<unknown> => (await fetch(new URL('/visits/', server.url!))).json();

  beforeEach(async () => {
    told = [];
    server = await app.listen({ port: 0, handleSignals: false });
  });
  afterEach(() => server.close());

  it.each(['/read', '/locked', '/serializable'])(
    'others are answered, whatever its guard did: %s',
    async (path) => {
      const client = await slowClient(server, path);
      expect(await all()).toEqual([]);
      expect(await answerOf(client, '"by":"ann"}')).toEqual([200, { by: 'ann' }]);
      expect(await all()).toEqual(['ann']);
    },
  );

  it.each([
    ['fits', '"by":"ann"}', 200, ['guard', 'ann']],
    ['does not fit', '}', 422, ['guard']],
    ['makes the handler fail', '"by":"nobody"}', 409, ['guard']],
  ])(
    'what a guard wrote is kept before, and the transaction of the handler is its own: a body that %s',
    async (_, rest, status, rows) => {
      const client = await slowClient(server, '/written');
      expect(await all()).toEqual(['guard']);
      expect(told).toEqual(['kept']);
      expect((await answerOf(client, rest))[0]).toBe(status);
      expect(await all()).toEqual(rows);
      expect(told).toEqual(['kept']);
    },
  );
});
