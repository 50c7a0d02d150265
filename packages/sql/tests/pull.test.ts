import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { openForCommand } from '../src/commands/place';
import { settingsOf } from '../src/opening/options';
import { statementsOf } from '../src/opening/statements';
import { withDatabase } from '../src/opening/target';
import { pullEntities } from '../src/pull/pull';
import { TestServer } from '../src/testing/server';
import * as pulled from './programs/pulled';

const program = (name: string): string => readFileSync(join(__dirname, 'programs', name), 'utf8');

describe('a database that is there', () => {
  const name = `pulled_${process.pid}`;
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    server = await TestServer.open();
    await server.run(`create database ${name}`);
    url = withDatabase(server.url, name);
    const client = new Client(url);
    await client.connect();
    await client.query(program('pulled.sql'));
    // As packages have them.
    await client.query('create schema vivace; create table vivace.version (version integer)');
    await client.end();
  });
  afterAll(async () => {
    await server.drop(name);
    await server[Symbol.asyncDispose]();
  });

  it('is written as classes', async () => {
    const text = await pullEntities(url);
    expect(text).toBe(program('pulled.ts'));
  });

  it('has the columns, keys and relations of the classes: only names of constraints and defaults differ', async () => {
    await using database = await openForCommand(
      url,
      settingsOf({ entities: Object.values(pulled) }),
    );
    const differences = await database.orm.schema.getUpdateSchemaSQL({ wrap: false });
    const others = /^alter index \S+ rename|(drop|add) constraint|(set|drop) default/;
    expect(statementsOf(differences).filter((each) => !others.test(each))).toEqual([]);
  });
});
