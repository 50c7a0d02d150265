import { createServer, type AddressInfo, type Server } from 'node:net';
import type { int } from 'vivace';
import type { Plan } from 'vivace/extend';
import { database, Entity, Id } from '@vivace/sql';
import type { StatementListener } from '../src/connection/client';
import { checkCursorKey } from '../src/opening/cursor-key';
import { KeylessCursors } from '../src/opening/keyless-cursors';
import { openDatabase } from '../src/opening/open';
import { followClasses } from '../src/opening/follow';
import { settingsOf } from '../src/opening/options';
import { checkPoolSize } from '../src/opening/pool-size';
import { reach } from '../src/opening/reach';
import { targetOf, withDatabase } from '../src/opening/target';
import { TestServer } from '../src/testing/server';

const production = { env: {}, production: true };

/** Runs as if Jest did not. */
function outsideJest<T>(run: () => T): T {
  const id = process.env['JEST_WORKER_ID'];
  delete process.env['JEST_WORKER_ID'];
  try {
    return run();
  } finally {
    process.env['JEST_WORKER_ID'] = id;
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('the limits of a database', () => {
  it.each([
    [{ pool: NaN }, 'pool', 'NaN'],
    [{ pool: 0 }, 'pool', '0'],
    [{ pool: '5' as never }, 'pool', "the text '5'"],
    [{ timeouts: { lock: '5' as never } }, 'timeouts.lock', "the text '5'"],
    [{ timeouts: { statement: NaN } }, 'timeouts.statement', 'NaN'],
    [{ timeouts: { connect: -1 } }, 'timeouts.connect', '-1'],
    [{ repeated: NaN }, 'repeated', 'NaN'],
    [{ slow: NaN }, 'slow', 'NaN'],
  ])('are numbers, or none would hold: %j', (options, name, seen) => {
    const make = () => database({ entities: [], ...options });
    expect(make).toThrow(`[OPTION_NUMBER] database(${name}) (`);
    expect(make).toThrow(`It is ${seen}, which limits nothing.`);
  });

  it('may be none: no timer takes Infinity for a moment', () => {
    const { timeouts } = settingsOf({ entities: [], timeouts: { connect: Infinity, lock: 0 } });
    expect(timeouts).toMatchObject({ connect: 2_000_000_000, lock: 0, statement: 10_000 });
  });
});

describe('where a database is', () => {
  it('is said by DATABASE_URL, and in development it is the embedded one without', () => {
    const env = {
      DATABASE_URL: 'postgres://u:p@db/shop',
      DATABASE_DIRECT_URL: 'postgres://direct/shop',
    };
    expect(outsideJest(() => targetOf({ url: undefined }, { env, production: true }))).toEqual({
      kind: 'address',
      url: env.DATABASE_URL,
      direct: env.DATABASE_DIRECT_URL,
    });
    const nothing = { env: {}, production: false };
    expect(outsideJest(() => targetOf({ url: undefined }, nothing))).toEqual({ kind: 'embedded' });
  });

  it('has to be said in production, as the address of a PostgreSQL', () => {
    const target = (DATABASE_URL?: string) => () =>
      outsideJest(() => targetOf({ url: undefined }, { ...production, env: { DATABASE_URL } }));
    expect(target()).toThrow(/DATABASE_URL_MISSING[^]*DATABASE_URL=postgres/);
    expect(target('mysql://root:secret@db/shop')).toThrow('DATABASE_URL_INVALID');
    expect(target('mysql://root:secret@db/shop')).not.toThrow('secret');
  });

  it('is never that of development in a test', () => {
    const url = 'postgres://user:secret@db.example/shop';
    const env = { DATABASE_URL: url };
    expect(targetOf({ url: undefined }, { env, production: false })).toEqual({ kind: 'test' });
    const asked = () => targetOf({ url }, { env, production: false });
    expect(asked).toThrow(/DATABASE_OF_TESTS[^]*db\.example\/shop[^]*TEST_DATABASE_URL/);
    expect(asked).not.toThrow('secret');
    const allowed = { env: { TEST_DATABASE_URL: url }, production: false };
    expect(targetOf({ url }, allowed)).toEqual({ kind: 'test' });
  });
});

describe('the key of cursors', () => {
  it('is missed before a program listens whose operations take cursors, in production', () => {
    const check = (env: Plan['env'], asked: boolean) => () =>
      outsideJest(() =>
        checkCursorKey({ cursorKey: undefined }, { ...production, env, speaksOf: () => asked }),
      );
    expect(check({}, true)).toThrow(/CURSOR_KEY_MISSING[^]*CURSOR_KEY=/);
    expect(check({ CURSOR_KEY: 'of all processes' }, true)).not.toThrow();
    expect(check({}, false)).not.toThrow();
  });

  it('is missed by the first cursor, and by no program that gives none', () => {
    expect(() => new KeylessCursors().of()).toThrow(/CURSOR_KEY_MISSING[^]*CURSOR_KEY=/);
  });
});

describe('a server that cannot be reached', () => {
  const limits = { startup: 300, connect: 200 };

  it('is named with the reason, and without the password', async () => {
    const closed = createServer();
    const port = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    const patient = { ...limits, connect: 5000 };
    const failed = reach(`postgres://u:secret@127.0.0.1:${port}/shop`, patient);
    await expect(failed).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringMatching(
        new RegExp(`127\\.0\\.0\\.1:${port}/shop: It cannot be reached: .*ECONNREFUSED`),
      ),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });

  it('is waited for as long as the program says', () => {
    expect(settingsOf({ entities: [] }).timeouts.startup).toBe(25_000);
    const own = settingsOf({ entities: [], timeouts: { startup: 300 } }).timeouts;
    expect(own).toMatchObject({ startup: 300, connect: 3000 });
  });

  it('is not waited for without an end where it takes connections and says nothing', async () => {
    const silent = createServer(() => undefined);
    const port = await listening(silent);
    try {
      await expect(reach(`postgres://u@127.0.0.1:${port}/shop`, limits)).rejects.toMatchObject({
        code: 'DATABASE_UNREACHABLE',
        message: expect.stringContaining('timeout expired'),
      });
    } finally {
      silent.close();
    }
  });

  it('is said at once where it refuses the user', async () => {
    await using server = await TestServer.open();
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(reach(wrong.href, { startup: 60_000, connect: 5000 })).rejects.toMatchObject({
      message: expect.stringContaining('password authentication failed'),
    });
  });
});

describe('the connections of all processes', () => {
  it('fit what the server has, with some in reserve', () => {
    expect(() => checkPoolSize(10, 7, [], 100)).not.toThrow();
    expect(() => checkPoolSize(10, 8, [], 100)).toThrow(
      /POOL_TOO_LARGE[^]*8 processes with 13 connections each and 5 in reserve are 109[^]*has 100[^]*pool: 8/,
    );
    expect(() => checkPoolSize(10, 6, ['job', 'cron'], 100)).toThrow(
      /6 processes with 16 connections/,
    );
  });
});

@Entity({ table: 'follower' })
class Before {
  @Id() id!: int;
  kept!: string;
  empty: string | null = null;
}
@Entity({ table: 'other' })
class Other {
  @Id() id!: int;
}
@Entity({ table: 'follower' })
class After {
  @Id() id!: int;
  added: int = 7;
}
@Entity({ table: 'follower' })
class Stuck {
  @Id() id!: int;
  kept!: string;
  needed!: int;
}

describe('the tables of development', () => {
  const connections = (url: string, onStatement: StatementListener = () => undefined) => ({
    url,
    proxied: false,
    replicas: [],
    onStatement,
    onBroken: () => undefined,
  });

  it('follow the classes, and lose nothing that holds rows', async () => {
    await using server = await TestServer.open();
    const name = `following_${process.pid}`;
    await server.run(`create database ${name}`);
    const open = (...entities: (typeof Before | typeof After | typeof Other | typeof Stuck)[]) =>
      openDatabase(
        settingsOf({ entities }),
        'k'.repeat(32),
        connections(withDatabase(server.url, name)),
      );
    try {
      {
        await using database = await open(Before, Other);
        expect(await followClasses(database.orm)).toEqual([]);
        expect(await followClasses(database.orm)).toEqual([]);
        await database.pool.query(`insert into follower (kept) values ('value')`);
        await database.pool.query('insert into other default values');
      }
      {
        await using database = await open(Stuck);
        await expect(followClasses(database.orm)).rejects.toMatchObject({ code: 'SCHEMA_STUCK' });
      }
      await using database = await open(After);
      expect(await followClasses(database.orm)).toEqual([
        expect.stringContaining('"other"'),
        expect.stringContaining('"kept"'),
      ]);
      await database.pool.query('insert into follower default values');
      const { rows } = await database.pool.query('select * from follower order by id');
      expect(rows).toEqual([
        { id: '1', kept: 'value', added: '7' },
        { id: '2', kept: null, added: '7' },
      ]);
    } finally {
      await server.drop(name);
    }
  });
});
