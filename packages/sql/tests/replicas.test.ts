import { Client } from 'pg';
import { Controller, dependency, Get, Post, Vivace, type int } from 'vivace';
import { override, testClient } from 'vivace/testing';
import { database, Entity, Id, Reader, Session } from '@vivace/sql';
import { internals } from '../src/internals';
import { openServerDatabase } from '../src/opening/server-database';
import { withDatabase } from '../src/opening/target';
import { TestServer } from '../src/testing/server';

@Entity({ table: 'place' })
class Place {
  @Id() id!: int;
  name!: string;
}
type Named = Pick<Place, 'name'>;

@Controller('/places')
class Places {
  constructor(
    private readonly db: Session,
    private readonly reader: Reader,
  ) {}

  @Get('/own')
  own(): Promise<Named[]> {
    return this.db.find(Place, {});
  }
  @Get('/read')
  read(): Promise<Named[]> {
    return this.reader.find(Place, {});
  }
  @Post('/')
  async write(place: Named): Promise<Named[]> {
    await this.db.insert(Place, place);
    // What a replica does not have yet is read where it was written.
    return this.db.find(Place, {});
  }
}

/** Databases that differ, so that it is seen which one answers. */
const NAMES = ['primary', 'first', 'second'].map((name) => `${name}_${process.pid}`);
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
  for (const name of NAMES) {
    await server.run(`create database ${name}`);
    // The tables of the first one follow the classes.
    if (name === NAMES[0]) continue;
    const client = new Client(withDatabase(server.url, name));
    await client.connect();
    await client.query('create table place (id bigint generated always as identity, name text)');
    await client.query('insert into place (name) values ($1)', [name.split('_')[0]]);
    await client.end();
  }
});
afterAll(async () => {
  for (const name of NAMES) await server.drop(name);
  await server[Symbol.asyncDispose]();
});

it('reads of a Reader go to the replicas in turn, and all of a Session to the first server', async () => {
  const [url, ...replicas] = NAMES.map((name) => withDatabase(server.url, name));
  const places = database({ entities: [Place], replicas });
  const { opened, settings } = internals.get(places)!;
  const here = dependency(
    async function* () {
      const place = { env: {}, production: false, workers: 1, entries: [] };
      const target = { kind: 'address', url: url!, direct: undefined } as const;
      await using own = await openServerDatabase(settings, { ...place, target }, () => undefined);
      yield own;
    },
    { lifetime: 'singleton' },
  );
  const app = new Vivace({ controllers: [Places], extensions: [places], logger: false });
  await using client = await testClient(app, { overrides: [override(opened, here)] });
  const names = async (path: string): Promise<string[]> =>
    (await client.get(path)).json<Named[]>().map(({ name }) => name);
  const read = await Promise.all(Array.from({ length: 16 }, () => names('/places/read')));
  expect(new Set(read.flat())).toEqual(new Set(['first', 'second']));
  const written = await client.post('/places/', { json: { name: 'new' } });
  expect(written.json()).toEqual([{ name: 'new' }]);
  expect(await names('/places/own')).toEqual(['new']);
  expect(await names('/places/read')).not.toContain('new');
});
