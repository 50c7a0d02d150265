import { MaxLength } from 'class-validator';
import {
  Controller,
  Get,
  Patch,
  Post,
  Vivace,
  type bytes,
  type date,
  type decimal,
  type int,
  type time,
  type uuid,
} from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { Column, database, Entity, Id, Session, type Hidden } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';

@Entity()
class Thing {
  @Id() id!: int;
  whole: int | null = null;
  huge: bigint | null = null;
  real: number | null = null;
  flag: boolean | null = null;
  instant: Date | null = null;
  text: string | null = null;
  @MaxLength(5) short: string | null = null;
  key: uuid | null = null;
  day: date | null = null;
  clock: time | null = null;
  bytes: bytes | null = null;
  exact: decimal | null = null;
  @Column({ precision: 6, scale: 2 }) price: decimal | null = null;
  choice: 'a' | 'b' | null = null;
  texts: string[] | null = null;
  numbers: int[] | null = null;
  extra: Record<string, unknown> | null = null;
  secret: Hidden<string> | null = null;
}
type Sent = Partial<Omit<Thing, 'id' | 'secret'>>;
type Public = Omit<Thing, 'secret'>;

@Controller('/things')
class Things {
  constructor(private readonly db: Session) {}
  @Post('/added')
  add(thing: Sent): Public {
    return this.db.add(Thing, thing);
  }
  @Post('/inserted')
  insert(thing: Sent): Promise<Public> {
    return this.db.insert(Thing, thing);
  }
  @Patch('/:id')
  change(id: int, thing: Sent): Promise<Public> {
    return this.db.patch(Thing, { id }, thing);
  }
  @Get('/text/:text')
  byText(text: string): Promise<Public> {
    return this.db.get(Thing, { text });
  }
  @Get('/whole/:whole')
  byWhole(whole: int): Promise<Public> {
    return this.db.get(Thing, { whole });
  }
  @Get('/huge/:huge')
  byHuge(huge: bigint): Promise<Public> {
    return this.db.get(Thing, { huge });
  }
  @Get('/day/:day')
  byDay(day: date): Promise<Public> {
    return this.db.get(Thing, { day });
  }
  @Get('/instant/:instant')
  byInstant(instant: Date): Promise<Public> {
    return this.db.get(Thing, { instant });
  }
}

const things = database({ entities: [Thing] });
const app = new Vivace({ controllers: [Things], extensions: [things] });
const db = testDatabase(things);

/** As JSON, so that each stands in a body as a client may write it. */
const TEXTS: readonly string[] = [
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"😀"',
  `"${'9'.repeat(400)}"`,
  '"NaN"',
  '"Infinity"',
  '"-0"',
  '"1e400000"',
  '"0000-01-01"',
  '"9999-12-31"',
  '"10000-01-01"',
  '"+275760-09-13T00:00:00Z"',
  '"-000001-01-01T00:00:00Z"',
  '"0000-01-01T00:00:00Z"',
  '"24:00:00"',
  '"12:00:00+14:00"',
  '"12:00:00.123456789"',
  '"null"',
  '"\\\\x"',
  '"\'; drop table thing; --"',
  '1e308',
  '-1e308',
  '2147483648',
  '9007199254740993',
  '9223372036854775808',
  '8640000000000001',
  '0.1',
  '[]',
  '["\\u0000", "\\ud800"]',
  '[2147483648]',
  '[null]',
  '{"\\u0000": "\\ud800"}',
  '{"a": {"b": ["\\u0000"]}}',
  'true',
  'null',
];
const FIELDS =
  'whole huge real flag instant text short key day clock bytes exact price choice texts numbers extra'.split(
    ' ',
  );

async function isReady(client: TestClient): Promise<void> {
  expect((await client.get('/readyz')).status).toBe(200);
}

describe('what a client may send', () => {
  it.each(FIELDS)('to %s is kept, or refused at its place, and never a failure', async (field) => {
    await using client = await testClient(app, {
      overrides: [db.rollback()],
      raiseErrors: false,
    });
    const { id } = (await client.post('/things/added', { json: {} })).json<{ id: number }>();
    for (const text of TEXTS)
      for (const [method, path] of [
        ['POST', '/things/added'],
        ['POST', '/things/inserted'],
        ['PATCH', `/things/${id}`],
      ] as const) {
        const answer = await client.request(method, path, {
          headers: { 'content-type': 'application/json' },
          body: `{"${field}": ${text}}`,
        });
        expect([200, 201, 422]).toContain(answer.status);
        if (answer.status !== 422) continue;
        const { detail } = answer.json<{ detail: { loc: string[] }[] }>();
        expect(detail.every(({ loc }) => loc[0] === 'body' && loc[1] === field)).toBe(true);
      }
    await isReady(client);
  });

  it('in a path finds a row, or none', async () => {
    await using client = await testClient(app, {
      overrides: [db.rollback()],
      raiseErrors: false,
    });
    const values = TEXTS.map((text) => JSON.parse(text) as unknown).filter(
      (value) => ['string', 'number'].includes(typeof value) && String(value).isWellFormed(),
    );
    for (const place of ['text', 'whole', 'huge', 'day', 'instant'])
      for (const value of values) {
        const answer = await client.get(`/things/${place}/${encodeURIComponent(String(value))}`);
        expect([404, 422]).toContain(answer.status);
      }
    await isReady(client);
  });
});
