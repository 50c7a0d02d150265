import { inspect } from 'node:util';
import { Controller, Get, Post, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';
import { database, Entity, Id, Session, type Hidden } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';

@Entity()
class Account {
  @Id() id!: int;
  name!: string;
  password!: Hidden<string>;
  answer: Hidden<string> | null = null;
}

@Entity()
class Card {
  @Id() id!: int;
  owner!: string;
  kind: 'debit' | 'credit' = 'debit';
  code!: Hidden<string>;
}

@Controller('/accounts')
class Accounts {
  constructor(private readonly db: Session) {}

  @Post('/', { status: 201 })
  create(account: Pick<Account, 'name' | 'password'>): Promise<Account> {
    return this.db.insert(Account, account);
  }
  @Get('/:id')
  read(id: int): Promise<Account> {
    return this.db.get(Account, { id });
  }
  @Get('/:id/picked')
  picked(id: int): Promise<Pick<Account, 'name' | 'password'>> {
    return this.db.get(Account, { id });
  }
}
const accounts = database({ entities: [Account, Card] });
const app = new Vivace({ controllers: [Accounts], extensions: [accounts] });
const db = testDatabase(accounts);

describe('a hidden column', () => {
  it('may be sent and is kept, and stands in no answer, whatever its type says', async () => {
    await using client = await testClient(app, { overrides: [db.rollback()] });
    const sent = { name: 'Ada', password: 'geheim' };
    const made = await client.post('/accounts/', { json: sent });
    const { id } = made.json<{ id: number }>();
    expect(made.json()).toEqual({ id, name: 'Ada' });
    expect((await client.get(`/accounts/${id}`)).json()).toEqual({ id, name: 'Ada' });
    expect((await client.get(`/accounts/${id}/picked`)).json()).toEqual({ name: 'Ada' });
    await db.run(async (session) => {
      const account = await session.get(Account, { id: id as int });
      expect(account.password).toBe('geheim');
      expect(JSON.stringify(account)).not.toContain('geheim');
    });
  });

  it.each(["(null, 'debit', 'geheim')", "('Ada', 'none', 'geheim')"])(
    'is in no error of a row that is refused: %s',
    async (row) => {
      const text = `insert into card (owner, kind, code) values ${row}`;
      const refused = await db.run((session) =>
        session
          .transactional((part) => part.execute(text))
          // The statement is the program's own text.
          .catch((error: Error) => inspect(error, { depth: 9 }).replaceAll(row, '')),
      );
      expect(refused).toMatch(/violates (not-null|check) constraint/);
      expect(refused).not.toContain('geheim');
    },
  );

  it('is documented where it is sent, and in no answer', async () => {
    const document = JSON.stringify(await app.openapi());
    const { components } = JSON.parse(document) as {
      components: { schemas: { Account: { properties: object } } };
    };
    expect(Object.keys(components.schemas.Account.properties)).toEqual(['id', 'name']);
    expect(document.split('"password":').length - 1).toBe(1);
  });
});
