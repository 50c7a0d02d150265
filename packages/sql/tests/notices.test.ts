import { pino } from 'pino';
import { Controller, Get, Post, Vivace, WebSocket, WebSocketRoute, type int } from 'vivace';
import { testClient } from 'vivace/testing';
import { database, Entity, Id, Reader, Session, sql } from '@vivace/sql';

@Entity()
class Note {
  @Id() id!: int;
  text!: string;
}

@Controller('/notes')
class Notes {
  constructor(private readonly db: Session) {}

  @Post('/together')
  async together(): Promise<void> {
    await this.db.insert(Note, { text: 'first' });
    await Promise.all([this.db.insert(Note, { text: 'a' }), this.db.insert(Note, { text: 'b' })]);
  }
  @Post('/nested')
  async nested(): Promise<void> {
    const part = (text: string) => this.db.transactional((db) => db.insert(Note, { text }));
    await Promise.allSettled([part('a'), part('b')]);
  }
  @Post('/in-turn')
  async inTurn(): Promise<void> {
    for (const text of ['a', 'b']) await this.db.insert(Note, { text });
    this.db.add(Note, { text: 'c' });
    this.db.add(Note, { text: 'd' });
    await this.db.transactional((db) => db.insert(Note, { text: 'e' }));
    await this.db.findAndCount(Note, {});
    await Promise.all([this.db.find(Note, {}), this.db.count(Note, {})]);
  }
  @Get('/read')
  async read(): Promise<void> {
    await Promise.all([this.db.find(Note, {}), this.db.count(Note, {})]);
  }
  @Get('/library')
  async library(): Promise<void> {
    await this.db.find(Note, {}, { orderBy: { [sql`length(text)`]: 'asc' } as never });
  }
}
@Controller('/talk')
class Talk {
  constructor(private readonly db: Session) {}

  @WebSocketRoute('/')
  async talk(socket: WebSocket): Promise<void> {
    await socket.accept();
    await socket.sendJson(await this.db.count(Note, {}));
  }
}
@Controller('/hear')
class Hear {
  constructor(private readonly db: Reader) {}

  @WebSocketRoute('/')
  async hear(socket: WebSocket, db: Session): Promise<void> {
    await socket.accept();
    await socket.sendJson((await this.db.count(Note, {})) - (await db.count(Note, {})));
  }
}

const notes = database({ entities: [Note] });

async function logged(ask: (client: Awaited<ReturnType<typeof testClient>>) => Promise<unknown>) {
  const lines: { readonly level: number; readonly msg: string }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
  const app = new Vivace({
    controllers: [Notes, Talk, Hear],
    extensions: [notes],
    logger: pino({ level: 'debug' }, { write }),
  });
  await using client = await testClient(app);
  await ask(client);
  return lines.filter(({ msg }) => /Session|session|MikroORM/.test(msg));
}

describe('in development the log says once', () => {
  it.each(['together', 'nested'])(
    'that a transaction has one connection, for changes at once: %s',
    async (path) => {
      const lines = await logged(async (client) => {
        await client.post(`/notes/${path}`);
        await client.post(`/notes/${path}`);
      });
      expect(new Set(lines.map(({ msg }) => msg)).size).toBe(1);
      expect(lines[0]).toMatchObject({
        level: 40,
        operation: `POST /notes/${path}`,
        msg: expect.stringMatching(/one connection.*Write instead: await each/),
      });
    },
  );

  it('nothing of changes one after the other, and of reads together', async () => {
    const lines = await logged(async (client) => {
      expect((await client.post('/notes/in-turn')).status).toBe(200);
      expect((await client.get('/notes/read')).status).toBe(200);
    });
    expect(lines).toEqual([]);
  });

  it('which read of an operation that only reads went by MikroORM', async () => {
    const lines = await logged((client) => client.get('/notes/library'));
    expect(lines).toEqual([
      expect.objectContaining({ level: 20, operation: 'GET /notes/library', entity: 'Note' }),
    ]);
  });

  it('that a socket holds the session of its constructor, and nothing of one that it asks for itself', async () => {
    const lines = await logged(async (client) => {
      for (const path of ['/talk/', '/talk/', '/hear/']) {
        const socket = await client.websocket(path);
        await socket.receive();
        await socket.close();
      }
    });
    expect(lines).toEqual([
      expect.objectContaining({
        level: 40,
        msg: expect.stringMatching(/constructor of Talk .*Talk\.talk.*Write instead: a Reader/),
      }),
    ]);
  });
});
