import { hostname } from 'node:os';
import { Field, type decimal, type int } from 'vivace';
import { Column, Entity, Id } from '@vivace/sql';
import { opened } from './opened';

/** Texts that mean something in SQL, or that PostgreSQL gives back in other words. */
@Entity()
class Texts {
  @Id() id!: int;
  backslash!: 'a\\b' | 'c';
  onlyBackslash!: 'x\\';
  line!: 'a\n  b' | 'c';
  quotes!: "a'b" | 'c"d';
  list!: 'a, b' | 'c) or (d';
  cast!: 'a::text' | '(x)';
  tab!: 'a\tb' | '?';
  statement!: 'a;\nb';
}
@Entity()
class Defaults {
  @Id() id!: int;
  backslash = 'a\\b';
  line = 'a\n  b';
  windows = 'a\r\nb';
  separator = 'a\u2028b';
  quote = "a'b";
  cast = 'a::text';
  mark = '?';
  call = 'now()';
  empty = '';
  nothing = 'NULL';
  @Column({ default: 'a\\b' }) columnBackslash!: string;
  @Column({ default: "a'b" }) columnQuote!: string;
  @Column({ default: 'now()' }) columnCall!: string;
  @Column({ default: 7 }) columnNumber!: int;
}
@Entity()
class Numbers {
  @Id() id!: int;
  zero = 0n;
  negative = -5n;
  large = 9_007_199_254_740_993n;
  negativeLarge = -9_007_199_254_740_993n;
  int: int = -5;
  largeInt: int = 5_000_000_000;
  negativeLargeInt: int = -5_000_000_000;
  float = -1.5;
  price: decimal = '-1.50';
}
const LIMIT = 5;
@Entity()
class Made {
  @Id() id!: int;
  host = `${hostname()}'s`;
  limit: int = LIMIT;
}
@Entity()
class Described {
  @Id() id!: int;
  @Field({ description: "It's a \\ of\n  two lines" }) name!: string;
}

describe('an odd text of an entity', () => {
  it.each([
    ['a literal', Texts],
    ['a default', Defaults],
    ['a number', Numbers],
    ['what the program makes', Made],
    ['a description', Described],
  ])('does not differ from the database as %s', async (_, entity) => {
    await using database = await opened([entity]);
    expect(await database.orm.schema.getUpdateSchemaSQL()).toBe('');
  });

  it('is no default of the column where it is no literal', async () => {
    await using database = await opened([Made, Numbers]);
    const [, made] = (await database.orm.schema.getCreateSchemaSQL()).split('create table "made"');
    expect(made!.split('create table')[0]).not.toContain("default '");
    expect(await database.orm.schema.getCreateSchemaSQL()).toContain(
      `"large" bigint not null default '9007199254740993'`,
    );
  });

  it('is kept as it is written', async () => {
    await using database = await opened([Defaults]);
    const given = {
      columnBackslash: 'x',
      columnQuote: 'x',
      columnCall: 'x',
      columnNumber: 1 as int,
    };
    await database.work(async (db) => void db.add(Defaults, given));
    const row = await database.work(async (db) => ({ ...(await db.get(Defaults, 1)) }));
    expect(row).toEqual({ ...new Defaults(), ...given, id: 1 });
  });
});
