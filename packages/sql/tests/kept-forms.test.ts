import type { decimal, int, time, uuid } from 'vivace';
import { Column, Entity, Id } from '@vivace/sql';
import { opened } from './opened';

@Entity()
class Forms {
  @Id() id!: int;
  at: time | null = null;
  price: decimal | null = null;
  @Column({ precision: 12, scale: 2 }) cents: decimal | null = null;
  key: uuid | null = null;
  text: string | null = null;
}

const KEY = '0195F3A0-0000-7000-8000-00000000ABCD';
const VALUES: readonly Partial<Forms>[] = [
  ...['12:00', '12:00:00', '12:00:30.500', '12:00:00.000000', '00:00:10'].map((at) => ({ at })),
  ...['1', '1.50', '01.5', '.5', '5.', '+1', '-0', '-0.00', '-00.10', '0', '100'].map((price) => ({
    price,
  })),
  ...['1', '1.5', '-01.50', '-0', '0.000', '.5'].map((cents) => ({ cents })),
  { key: KEY },
  { text: '01.50' },
  { text: '' },
].map((values) => values as Partial<Forms>);

describe('a row is after its commit what it is when it is read again:', () => {
  let database: Awaited<ReturnType<typeof opened>>;
  beforeAll(async () => {
    database = await opened([Forms]);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  const read = (id: int) => database.work(async (db) => ({ ...(await db.get(Forms, id)) }));

  it.each(VALUES)('%j that is added', async (values) => {
    const added = await database.work(async (db) => db.add(Forms, values));
    expect({ ...added }).toEqual(await read(added.id));
  });

  it.each(VALUES)('%j that is assigned', async (values) => {
    const added = await database.work(async (db) => db.add(Forms, { text: 'x' }));
    const changed = await database.work(async (db) =>
      db.change(await db.get(Forms, added.id), values),
    );
    expect({ ...changed }).toEqual(await read(added.id));
  });
});
