import { Expose, Transform } from 'class-transformer';
import { MinLength } from 'class-validator';
import { Body, Controller, Get, Post, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';

class Account {
  @MinLength(3, { groups: ['strict'] })
  name!: string;

  @Expose({ groups: ['admin', 'owner'] })
  email!: string;

  @Expose({ groups: ['admin'] })
  get score(): int {
    return this.name.length;
  }

  @Transform(({ value }) => `${(value as string).slice(0, 1)}…`, {
    toPlainOnly: true,
    groups: ['short'],
  })
  city: string = 'Bern';
}

class Bank {
  accounts: Account[] = [];
}

const ann = (): Account => Object.assign(new Account(), { name: 'Ann', email: 'a@b.co' });

@Controller()
class Accounts {
  @Get('/nobody')
  nobody(): Account {
    return ann();
  }
  @Get('/admin', { groups: ['admin'] })
  admin(): Account {
    return ann();
  }
  @Get('/owner', { groups: ['owner', 'short'] })
  owner(): Account {
    return ann();
  }
  @Get('/bank', { groups: ['admin'] })
  bank(): Bank {
    return { accounts: [ann()] };
  }
  @Get('/plain', { groups: ['owner'] })
  plain(): Account {
    return { name: 'Ann', email: 'a@b.co', city: 'Basel' } as Account;
  }
  @Post('/strict', { groups: ['strict', 'owner'] })
  strict(account: Account): Account {
    return account;
  }
  @Post('/loose', { groups: ['owner'] })
  loose(@Body({ groups: ['admin'] }) account: Account): Account {
    return account;
  }
}

describe('the groups of an operation', () => {
  const app = new Vivace({ controllers: [Accounts] });

  it('count for its answer: fields and transforms of other groups are not there', async () => {
    await using client = await testClient(app);
    const get = async (path: string): Promise<unknown> => (await client.get(path)).json();
    const open = { name: 'Ann', city: 'Bern' };
    expect(await get('/nobody')).toEqual(open);
    expect(await get('/admin')).toEqual({ ...open, email: 'a@b.co', score: 3 });
    expect(await get('/owner')).toEqual({ name: 'Ann', city: 'B…', email: 'a@b.co' });
    expect(await get('/bank')).toEqual({ accounts: [{ ...open, email: 'a@b.co', score: 3 }] });
    expect(await get('/plain')).toEqual({ name: 'Ann', city: 'Basel', email: 'a@b.co' });
  });

  it('count for its inputs, unless one names its own', async () => {
    await using client = await testClient(app);
    const send = (path: string, name: string) =>
      client.post(path, { json: { name, email: 'a@b.co' } });
    const refused = await send('/strict', 'A');
    expect([refused.status, refused.json()]).toMatchObject([
      422,
      { detail: [{ loc: ['body', 'name'] }] },
    ]);
    expect((await send('/strict', 'Ann')).json()).toMatchObject({ name: 'Ann', email: 'a@b.co' });
    expect((await send('/loose', 'A')).json()).toMatchObject({ name: 'A', email: 'a@b.co' });
  });

  it('have a component of their own in the document', async () => {
    const { paths, components } = await app.openapi();
    const schema = (path: string) =>
      (paths[path] as { get: { responses: { 200: { content: object } } } }).get.responses[200]
        .content;
    expect(JSON.stringify(schema('/admin'))).toContain('#/components/schemas/Account_admin');
    const fields = (pattern: RegExp) => {
      const name = Object.keys(components!.schemas!).find((one) => pattern.test(one))!;
      return Object.keys((components!.schemas![name] as { properties: object }).properties);
    };
    expect(fields(/^Account_admin(-Output)?$/).toSorted()).toEqual([
      'city',
      'email',
      'name',
      'score',
    ]);
    expect(fields(/^Account(-Output)?$/)).toEqual(['name', 'city']);
  });
});
