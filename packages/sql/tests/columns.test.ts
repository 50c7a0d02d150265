import { Max, MaxLength, Min } from 'class-validator';
import { RequestValidationError } from 'vivace';
import type { bytes, date, decimal, email, int, time, uuid } from 'vivace';
import { Column, Entity, Id, type Hidden, type Opt } from '@vivace/sql';
import { tableOf } from '../src/entities/schema';
import { opened } from './opened';

enum Rank {
  Rookie = 'rookie',
  Senior = 'senior',
}
class Address {
  street!: string;
  since!: Date;
}
class Branch {
  cut!: Date;
  twigs: Branch[] = [];
  by?: Record<string, Branch | null>;
}
interface Mark {
  at: Date | null;
  by?: string;
}

/** Each field is a row of the table of the guide. */
@Entity()
class Kinds {
  @Id() id!: int;
  whole: int | null = null;
  @Min(0) @Max(900) small: int | null = null;
  @Min(0) atLeast: int | null = null;
  huge: bigint | null = null;
  real: number | null = null;
  flag: boolean | null = null;
  instant: Date | null = null;
  text: string | null = null;
  @MaxLength(5) short: string | null = null;
  @MaxLength(20_000_000) long: string | null = null;
  @MaxLength(0) none: string | null = null;
  mail: email | null = null;
  key: uuid | null = null;
  day: date | null = null;
  clock: time | null = null;
  bytes: bytes | null = null;
  exact: decimal | null = null;
  @Column({ precision: 6, scale: 2 }) price: decimal | null = null;
  choice: 'a' | 'b' | null = null;
  step: 1 | 2 | null = null;
  rank: Rank | null = null;
  texts: string[] | null = null;
  numbers: int[] | null = null;
  reals: number[] | null = null;
  home: Address | null = null;
  marks: Mark[] | null = null;
  extra: Record<string, unknown> | null = null;
  days: Record<string, Date | null> | null = null;
  span: [int, Date, ...Date[]] | null = null;
  tree: Branch | null = null;
  secret: Hidden<string> | null = null;
  brand: Opt<int> | null = null;
  @Column({ type: 'citext' }) any: string | null = null;
  @Column({ name: 'called_otherwise' }) other: string | null = null;
}

const FAR = new Date('9999-12-31T23:59:59.999Z');
const u = '01890a5d-ac96-774b-bcce-b302099a8057';

/** The field, its column, values that come back as they went, values that are refused. */
const rows: readonly (readonly [keyof Kinds, string, readonly unknown[], readonly unknown[]])[] = [
  ['whole', 'whole bigint', [0, -1, 2 ** 53 - 1, -(2 ** 53 - 1)], [2 ** 53, 1.5, NaN, Infinity]],
  ['small', 'small integer', [0, 900], [-1, 901, 2 ** 31]],
  ['atLeast', 'at_least bigint', [0, 2 ** 40], [-1]],
  ['huge', 'huge bigint', [2n ** 63n - 1n, -(2n ** 63n)], [2n ** 63n, -(2n ** 63n) - 1n]],
  ['real', 'real double precision', [0.1, -1e308, 5e-324, 1e15], []],
  ['flag', 'flag boolean', [true, false], []],
  [
    'instant',
    'instant timestamptz(3)',
    [new Date(0), new Date(123), FAR],
    [new Date(8.64e15), new Date(-8.64e15), new Date('0000-06-01T00:00:00Z'), new Date(NaN)],
  ],
  [
    'text',
    'text text',
    ['', ' a ', "'; drop --", '\\n\n\t', '😀', 'x'.repeat(70_000)],
    ['a\0', '\ud800', 'a\udc00b'],
  ],
  ['short', 'short varchar(5)', ['12345', 'ä'], ['123456', '\0', '\udfff']],
  ['long', 'long text', ['a'], ['a\0']],
  ['none', 'none text', [''], ['a\0']],
  ['mail', 'mail text', ['a@b.io'], ['a\0@b.io']],
  ['key', 'key uuid', [u], ['no', 'a\0']],
  [
    'day',
    'day date',
    ['2024-02-29', '0001-01-01', '9999-12-31'],
    ['2023-02-29', '0000-01-01', '10000-01-01', 'today', '2024-13-01'],
  ],
  [
    'clock',
    'clock time',
    ['00:00:00', '23:59:59', '12:30:00.123456'],
    ['12:30:00Z', '12:30:00+01:00', '12:30:00.1234567', '24:00:00', 'now'],
  ],
  ['bytes', 'bytes bytea', [new Uint8Array([0, 1, 255]), new Uint8Array()], []],
  [
    'exact',
    'exact numeric',
    ['0', '1.50', '-0.000001', '9'.repeat(1000)],
    ['x', 'NaN', 'Infinity', '1e200000', '1e-20000'],
  ],
  ['price', 'price numeric(6,2)', ['1234.50', '-0.01'], ['1.005', '12345', '1e5']],
  ['choice', 'choice text', ['a', 'b'], ['c', 'a\0', '']],
  ['step', 'step integer', [1, 2], [3, 1.5]],
  ['rank', 'rank text', ['rookie', 'senior'], ['other']],
  ['texts', 'texts text[]', [[], ['a', '', 'b,"{}\\', 'null']], [['a\0'], ['\ud800'], ['a', null]]],
  ['numbers', 'numbers int[]', [[], [1, -1]], [[2 ** 31], [1.5], [null]]],
  ['reals', 'reals jsonb', [[], [1.5]], [[NaN], [Infinity]]],
  [
    'home',
    'home jsonb',
    [{ street: 's', since: new Date(5) }],
    [
      { street: '\0', since: FAR },
      { street: '\ud800', since: FAR },
    ],
  ],
  [
    'marks',
    'marks jsonb',
    [[{ at: new Date(5) }, { at: null, by: 'x' }]],
    [[{ at: null, by: 'x\0' }]],
  ],
  [
    'extra',
    'extra jsonb',
    [{}, { a: [1, 'x', null, { b: true }] }],
    [
      { 'k\0': 1 },
      { a: ['\0'] },
      { '\ud800': 1 },
      { a: new Map([[1, 1]]) },
      { a: [new Set([1])] },
      { a: new Uint8Array(1) },
      { a: new Date(NaN) },
    ],
  ],
  ['days', 'days jsonb', [{}, { a: new Date(5), b: null }], [{ a: new Date(NaN) }]],
  ['span', 'span jsonb', [[1, new Date(5), FAR]], [[1, new Date(NaN)]]],
  [
    'tree',
    'tree jsonb',
    [{ cut: FAR, twigs: [{ cut: FAR, twigs: [{ cut: FAR, twigs: [] }], by: { a: null } }] }],
    [{ cut: FAR, twigs: [{ cut: new Date(NaN), twigs: [] }] }],
  ],
  ['secret', 'secret text', ['s'], ['s\0']],
  ['brand', 'brand bigint', [7], [0.5]],
  ['any', 'any citext', ['Ada'], ['a\0']],
  ['other', 'called_otherwise text', ['x'], ['\0']],
];

describe('a field of an entity', () => {
  let database: Awaited<ReturnType<typeof opened>>;
  beforeAll(async () => {
    database = await opened([Kinds], ['create extension citext']);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it('has a row here, whatever it is', () => {
    const fields = [...tableOf(Kinds)!.fields.keys()].filter((name) => name !== 'id');
    expect(rows.map(([name]) => name)).toEqual(fields);
  });

  it.each(rows)('%s is the column %s', async (name, column) => {
    const [field, ...type] = column.split(' ');
    const ddl = await database.orm.schema.getCreateSchemaSQL();
    expect(ddl).toContain(`"${field}" ${type.join(' ')} null`);
  });

  it.each(rows)('%s comes back as it went', async (name, _column, values) => {
    for (const value of values) {
      const id = await database.work(async (db) => {
        const row = db.add(Kinds, { [name]: value });
        await db.flush();
        return row.id;
      });
      const read = await database.work((db) => db.get(Kinds, { id }));
      expect(read[name]).toEqual(value);
      expect(read.constructor).toBe(Kinds);
    }
  });

  it.each(rows)(
    '%s refuses what its column cannot keep',
    async (name, _column, _values, refused) => {
      const id = await database.work(async (db) => {
        const row = db.add(Kinds, {});
        await db.flush();
        return row.id;
      });
      for (const value of refused) {
        const data = { [name]: value } as Partial<Kinds>;
        const place = { issues: [{ loc: ['body', name] }] };
        await expect(database.work(async (db) => db.add(Kinds, data))).rejects.toMatchObject(place);
        const assigned = database.work(async (db) => {
          Object.assign(await db.get(Kinds, { id }), data);
        });
        await expect(assigned).rejects.toThrow(RequestValidationError);
        await expect(assigned).rejects.toMatchObject(place);
      }
    },
  );

  it.each(rows)(
    '%s is no row where a filter has what its column cannot keep',
    async (name, column, _values, refused) => {
      if (column.endsWith('jsonb') || column.endsWith('[]')) return;
      await database.work(async (db) => {
        db.add(Kinds, {});
      });
      for (const value of refused) {
        const found = (where: object) => database.work((db) => db.count(Kinds, where));
        expect(await found({ [name]: value })).toBe(0);
        expect(await found({ [name]: { $in: [value] } })).toBe(0);
        expect(await found({ $or: [{ [name]: value }, { id: { $gt: 0 } }] })).toBeGreaterThan(0);
        expect(await found({ [name]: { $nin: [value] } })).toBeGreaterThanOrEqual(0);
        await expect(
          database.work((db) => db.get(Kinds, { [name]: value } as never)),
        ).rejects.toMatchObject({ status: 404 });
      }
    },
  );
});
