import type { int } from 'vivace';
import { Collection, Column, Entity, Id, Many, type Rel } from '@vivace/sql';
import { OpenSession } from '../src/session/open-session';
import type { Session } from '../src/session/session';
import { opened } from './opened';

@Entity()
class Shelf {
  @Id() id!: int;
  name!: string;
  note: string = '';
  @Column({ lazy: true }) long!: string;
  @Many(() => Book, 'shelf') books = new Collection<Book>(this);
}
@Entity()
class Book {
  @Id() id!: int;
  title!: string;
  shelf!: Rel<Shelf>;
}

type Part = (shelf: Shelf, part: Session) => unknown;

/** What a part may do before it fails, with a row that was read before. */
const parts: Record<string, Part> = {
  'a change': (shelf) => (shelf.name = 'changed'),
  'a change that was written': (shelf, part) => {
    shelf.name = 'changed';
    return part.flush();
  },
  'a change of what it has read again': async ({ id }, part) => {
    (await part.get(Shelf, { id })).name = 'changed';
  },
  'a column that is read where it is asked for': (shelf) => (shelf.long = 'changed'),
  'a removal': (shelf, part) => {
    part.remove(shelf.books[0]!);
    return part.flush();
  },
  'a row of a list': (shelf, part) =>
    shelf.books.add(part.create(Book, { title: 'new', shelf }, { persist: false })),
  'a row of its own': (shelf, part) => part.insert(Book, { title: 'new', shelf }),
};

describe.each([
  ['request', false],
  ['socket', true],
])('in a %s, what a part has done and that was taken back:', (_, lasts) => {
  let database: Awaited<ReturnType<typeof opened>>;
  let id: int;
  beforeAll(async () => {
    database = await opened([Shelf, Book]);
  });
  beforeEach(async () => {
    ({ id } = await database.work(async (db) => {
      const shelf = db.add(Shelf, { name: 'old', long: 'text' });
      db.add(Book, { title: 'first', shelf });
      await db.flush();
      return shelf;
    }));
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it.each(Object.keys(parts))('%s', async (what) => {
    const db = OpenSession.open(database, { lasts });
    const shelf = await db.get(Shelf, { id }, { populate: ['books', 'long'] });
    shelf.note = 'before';
    const failing = db.transactional(async (part) => {
      await parts[what]!(shelf, part);
      throw new Error('taken back');
    });
    await expect(failing).rejects.toThrow('taken back');
    expect(shelf).toMatchObject({ name: 'old', note: 'before', long: 'text' });
    shelf.note += ' and after';
    await db.flush();
    await db.close();
    const found = await database.work(async (read) => {
      const row = await read.get(Shelf, { id }, { populate: ['books', 'long'] });
      const { name, note, long } = row;
      return { name, note, long, books: row.books.getItems().map(({ title }) => title) };
    });
    expect(found).toEqual({
      name: 'old',
      note: 'before and after',
      long: 'text',
      books: ['first'],
    });
  });
});
