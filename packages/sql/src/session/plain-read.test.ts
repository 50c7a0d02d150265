import { isPlainRead } from './plain-read';

describe('a plain read', () => {
  it.each([
    'select 1',
    ' SELECT "id" from "hero" where "name" = \'for update\'',
    'select count(*), max("a") from "for" where "into" = $1 and lower("name") like \'%;%\'',
    `select "h"."id" from "hero" as "h" where "h"."name" in ('nextval(1)', 'it''s') limit 20`,
    'select array_agg("id") from "hero" where exists (select 1 from "team")',
  ])('selects, and needs no transaction: %s', (text) => {
    expect(isPlainRead(text)).toBe(true);
  });

  it.each([
    'insert into "hero" values (1)',
    'update "hero" set "a" = 1',
    'with "x" as (delete from "hero" returning *) select * from "x"',
    'select * from "hero" for update',
    'select * from "hero" FOR NO KEY UPDATE skip locked',
    'select * into "copy" from "hero"',
    'select 1; delete from "hero"',
    `select nextval('hero_id_seq')`,
    'select pg_advisory_xact_lock(1)',
    'select "Own"."function"(1), own_function(1)',
    'select 1 -- for update',
    'select /* " */ pg_sleep(1) /* " */',
    "select $$ ' $$, own_function(1)",
    "select E'\\'', own_function(1)",
    'savepoint "trx1"',
    'explain analyze delete from "hero"',
    'set local role "admin"',
    '',
  ])('is nothing that could write, lock or hide something: %s', (text) => {
    expect(isPlainRead(text)).toBe(false);
  });

  it('is told in time that grows as the text does', () => {
    for (const part of ['"', "'", '(', 'a(', '$1', 'for', ' ', '""', "''"])
      expect(typeof isPlainRead(`select ${part.repeat(200_000)}`)).toBe('boolean');
  });
});
