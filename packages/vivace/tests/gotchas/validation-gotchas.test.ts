import { IsOptional, Min } from 'class-validator';
import {
  Body,
  Controller,
  Depends,
  Field,
  Form,
  Get,
  Injectable,
  Model,
  Patch,
  Post,
  Put,
  Query,
  RequestValidationError,
  Secret,
  Vivace,
  copy,
  dependency,
  dump,
  fieldsSet,
  int,
  on,
  type decimal,
  type uuid,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { testClient, type TestResponse } from 'vivace/testing';

type Controllers = readonly (new (...args: never[]) => object)[];

const boot = (...controllers: Controllers) => new Vivace({ controllers }).build();
/** The issues of an answer as `type@place`. */
const issues = (response: TestResponse): string[] =>
  response
    .json<{ detail: { type: string; loc: unknown[] }[] }>()
    .detail.map(({ type, loc }) => `${type}@${loc.join('.')}`);

enum Colour {
  red = 'red',
  blue = 'blue',
}

class Address {
  @Min(1) zip!: int;
}

class User {
  name!: string;
  nickname?: string;
  email: string | null = null;
  tags: string[] = [];
  addresses: Address[] = [];
  friends: User[] = [];
}

@Controller('/users')
class Users {
  @Post()
  create(user: User) {
    user.tags.push('new');
    return user;
  }
  @Patch()
  change(user: User) {
    const stored: User = Object.assign(new User(), { name: 'Ann', nickname: 'A', email: 'a@b.co' });
    return {
      sent: [...fieldsSet(user)],
      user: dump(copy(stored, dump(user, { excludeUnset: true }))),
    };
  }
}

describe('gotchas of validation and models', () => {
  test('gotcha 20: an unmarked list is a body, and on GET that is an error which says what to write', async () => {
    @Controller()
    class Items {
      @Get('/items')
      list(tags: string[] = []) {
        return tags;
      }
    }
    await expect(boot(Items)).rejects.toThrow(/BODY_INFERRED.*@Query\(\) tags/s);
  });

  test('gotcha 21: twelve words are booleans, whatever else is a 422', async () => {
    @Controller()
    class Flags {
      @Get('/flag')
      read(on: boolean) {
        return on;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Flags] }));
    for (const word of ['true', 'T', 'yes', 'Y', 'on', '1'])
      expect((await client.get('/flag', { params: { on: word } })).json()).toBe(true);
    for (const word of ['False', 'f', 'NO', 'n', 'off', '0'])
      expect((await client.get('/flag', { params: { on: word } })).json()).toBe(false);
    for (const word of ['', '2', 'maybe'])
      expect(issues(await client.get('/flag', { params: { on: word } }))).toEqual([
        'bool_parsing@query.on',
      ]);
  });

  test('gotcha 22: an enum is read and written by its values', async () => {
    @Controller()
    class Paint {
      @Get('/paint')
      read(colour: Colour): Colour {
        return colour === Colour.red ? Colour.blue : colour;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Paint] }));
    expect((await client.get('/paint?colour=red')).json()).toBe('blue');
    expect(issues(await client.get('/paint?colour=green'))).toEqual(['enum@query.colour']);
  });

  test('gotcha 23: optional, nullable and default are three different things', async () => {
    class Forms {
      optional?: string;
      nullable!: string | null;
      defaulted: string = 'x';
      @IsOptional() either!: string;
    }
    @Controller()
    class Echo {
      @Post('/forms')
      read(forms: Forms): Forms {
        return forms;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Echo] }));
    expect(
      (await client.post('/forms', { json: { nullable: null, either: null } })).json(),
    ).toEqual({
      nullable: null,
      defaulted: 'x',
      either: null,
    });
    expect(
      issues(await client.post('/forms', { json: { optional: null, defaulted: null } })),
    ).toEqual(['string_type@body.optional', 'missing@body.nullable', 'string_type@body.defaulted']);
  });

  test('gotcha 24: what was sent is known, so a null is not the same as nothing and defaults overwrite nothing', async () => {
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    const { sent, user } = (
      await client.patch('/users', { json: { name: 'Bea', email: null } })
    ).json<{ sent: string[]; user: User }>();
    expect(sent).toEqual(['name', 'email']);
    expect(user).toMatchObject({ name: 'Bea', nickname: 'A', email: null });
  });

  test('gotcha 25: unknown fields are never copied, and are refused where a DTO or the application says so', async () => {
    const json = { name: 'Ann', admin: true };
    await using lenient = await testClient(new Vivace({ controllers: [Users] }));
    expect((await lenient.post('/users', { json })).json()).not.toHaveProperty('admin');
    await using strict = await testClient(new Vivace({ controllers: [Users], extra: 'forbid' }));
    expect(issues(await strict.post('/users', { json }))).toEqual(['extra_forbidden@body.admin']);
    const policies = async (app: Vivace) =>
      (await app.routes()).flatMap(({ inputs }) => inputs).map(({ type, extra }) => [type, extra]);
    expect(await policies(new Vivace({ controllers: [Users] }))).toContainEqual(['User', 'ignore']);
    expect(await policies(new Vivace({ controllers: [Users], extra: 'forbid' }))).toContainEqual([
      'User',
      'forbid',
    ]);
  });

  test('gotcha 26: a body that does not say it is JSON is not read as JSON, and the issue shows what arrived', async () => {
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    const response = await client.post('/users', {
      body: '{"name":"Ann"}',
      headers: { 'content-type': 'text/plain' },
    });
    expect(response.status).toBe(422);
    expect(response.json<{ detail: unknown[] }>().detail).toMatchObject([
      { type: 'model_attributes_type', loc: ['body'], input: '{"name":"Ann"}' },
    ]);
  });

  test('gotcha 27: a body on GET is an error unless it is marked', async () => {
    @Controller()
    class Search {
      @Get('/search')
      search(user: User) {
        return user;
      }
    }
    @Controller()
    class Marked {
      @Get('/search')
      search(@Body() user: User) {
        return user.name;
      }
    }
    await expect(boot(Search)).rejects.toThrow(/BODY_INFERRED/);
    await expect((await boot(Marked)).close()).resolves.toBeUndefined();
  });

  test('gotcha 28: a body has at most one mebibyte unless the operation says otherwise: 413', async () => {
    @Controller()
    class Bodies {
      @Post('/short', { bodyLimit: 10 })
      short(@Body() text: string) {
        return text.length;
      }
      @Post('/long')
      long(@Body() text: string) {
        return text.length;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Bodies] }));
    expect((await client.post('/short', { json: 'x'.repeat(20) })).status).toBe(413);
    expect((await client.post('/long', { json: 'x'.repeat(2 ** 20) })).status).toBe(413);
    expect((await client.post('/long', { json: 'x'.repeat(1000) })).json()).toBe(1000);
  });

  test('gotcha 29: the default of one request is not that of the next', async () => {
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    for (const name of ['Ann', 'Bea'])
      expect((await client.post('/users', { json: { name } })).json()).toMatchObject({
        tags: ['new'],
      });
    const counted = dependency({ tags: Query([int], { default: [] }) }, ({ tags }) => tags.push(1));
    @Controller()
    class Lists {
      @Get('/lists')
      read(
        @Depends(counted) count: number,
        @Query({ default: ['a'] }) marked: string[],
        @Query() written: string[] = [],
      ) {
        return [count, marked.push('x'), written.push('x')];
      }
    }
    await using lists = await testClient(new Vivace({ controllers: [Lists] }));
    for (const path of ['/lists', '/lists'])
      expect((await lists.get(path)).json()).toEqual([1, 2, 1]);
  });

  test('gotcha 30: a DTO may refer to itself', async () => {
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    expect(
      issues(
        await client.post('/users', {
          json: { name: 'Ann', friends: [{ name: 'Bea', friends: [{}] }] },
        }),
      ),
    ).toEqual(['missing@body.friends.0.friends.0.name']);
  });

  test('gotcha 31: forms and files need no further package', async () => {
    @Controller()
    class Login {
      @Post('/login')
      login(@Form() name: string) {
        return name;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Login] }));
    expect((await client.post('/login', { form: { name: 'Ann' } })).json()).toBe('Ann');
    const files = { ignored: { filename: 'a.txt', content: 'x' } };
    expect((await client.post('/login', { form: { name: 'Ann' }, files })).json()).toBe('Ann');
  });

  test('gotcha 32: what is inside is validated by its declared type, without another decorator', async () => {
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    expect(
      issues(
        await client.post('/users', {
          json: { name: 'Ann', addresses: [{ zip: 1 }, { zip: 0 }, 'x'] },
        }),
      ),
    ).toEqual([
      'greater_than_equal@body.addresses.1.zip',
      'model_attributes_type@body.addresses.2',
    ]);
  });

  test('gotcha 33: conversions can be switched off for a field, a DTO, the application', async () => {
    class Lax {
      count!: int;
      @Field({ strict: true }) exact?: int;
    }
    @Model({ strict: true })
    class Strict {
      count!: int;
    }
    @Controller()
    class Counts {
      @Put('/lax')
      lax(body: Lax) {
        return body.count;
      }
      @Put('/strict')
      strict(body: Strict) {
        return body.count;
      }
      @Get('/query')
      query(count: int) {
        return count;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Counts] }));
    expect((await client.put('/lax', { json: { count: '25' } })).json()).toBe(25);
    expect(issues(await client.put('/lax', { json: { count: '25', exact: '25' } }))).toEqual([
      'int_type@body.exact',
    ]);
    expect(issues(await client.put('/strict', { json: { count: '25' } }))).toEqual([
      'int_type@body.count',
    ]);
    await using strict = await testClient(new Vivace({ controllers: [Counts], strict: true }));
    expect(issues(await strict.put('/lax', { json: { count: '25' } }))).toEqual([
      'int_type@body.count',
    ]);
    expect((await strict.get('/query?count=25')).json()).toBe(25);
  });

  test('gotcha 34: issues are a 422; a handler of the application gives them another status', async () => {
    const exceptions = [
      on(
        RequestValidationError,
        ({ issues: found }) => new JSONResponse({ wrong: found.length }, { status: 400 }),
      ),
    ];
    await using client = await testClient(new Vivace({ controllers: [Users], exceptions }));
    const response = await client.post('/users', { json: {} });
    expect([response.status, response.json()]).toEqual([400, { wrong: 1 }]);
  });

  test('gotcha 35: an issue never shows a secret', async () => {
    class Login {
      name!: string;
      @Field({ minLength: 8 }) password!: Secret;
    }
    @Controller()
    class Logins {
      @Post('/login')
      login(login: Login) {
        return login.password.reveal().length;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Logins] }));
    for (const json of [{ password: 'hunter2' }, { name: 1, password: 'hunter2-and-more' }]) {
      const response = await client.post('/login', { json });
      expect(response.status).toBe(422);
      expect(response.text).not.toContain('hunter2');
    }
  });

  test('gotcha 36: whole numbers are safe, larger ones are bigints, decimals keep their digits', async () => {
    class Amounts {
      count!: int;
      big!: bigint;
      price!: decimal;
    }
    @Controller()
    class Echo {
      @Post('/amounts')
      read(amounts: Amounts) {
        return [amounts.count, String(amounts.big), amounts.price];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Echo] }));
    expect(
      (
        await client.post('/amounts', {
          json: { count: 1, big: '123456789012345678901', price: '0.10' },
        })
      ).json(),
    ).toEqual([1, '123456789012345678901', '0.10']);
    expect(
      issues(
        await client.post('/amounts', { json: { count: '9007199254740993', big: 1, price: 'x' } }),
      ),
    ).toEqual(['int_parsing_size@body.count', 'decimal_parsing@body.price']);
  });

  test('gotcha 37: a default is said once', async () => {
    @Controller()
    class Twice {
      @Get('/items')
      list(@Query({ default: 1 }) limit: int = 2) {
        return limit;
      }
    }
    await expect(boot(Twice)).rejects.toThrow(/PARAMETER_DEFAULTS.*limit/s);
  });

  test('gotcha 38: what configures a class is never read from the request', async () => {
    @Injectable()
    class Limiter {
      constructor(readonly limit: int = 100) {}
    }
    @Controller()
    class Limited {
      constructor(private readonly limiter: Limiter) {}
      @Get('/limit')
      read() {
        return this.limiter.limit;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Limited] }));
    expect((await client.get('/limit?limit=1')).json()).toBe(100);
  });

  test('gotcha 39: two inputs of one name are both checked, each by its own type', async () => {
    const paged = dependency({ limit: Query(int, { ge: 1 }) }, ({ limit }) => limit);
    @Controller()
    class Pages {
      @Get('/pages')
      read(limit: string, @Depends(paged) page: number) {
        return [limit, page];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Pages] }));
    expect((await client.get('/pages?limit=2')).json()).toEqual(['2', 2]);
    expect(issues(await client.get('/pages?limit=x'))).toEqual(['int_parsing@query.limit']);
  });

  test('gotcha 40: a UUID is text', async () => {
    @Controller()
    class Orders {
      @Get('/orders/:id')
      read(id: uuid) {
        return typeof id;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Orders] }));
    expect((await client.get('/orders/9c858901-8a57-4791-81fe-4c455b099bc9')).json()).toBe(
      'string',
    );
    expect(issues(await client.get('/orders/7'))).toEqual(['uuid_parsing@path.id']);
  });

  test('gotcha 41: a pattern is searched for, as in FastAPI: ^ and $ anchor it', async () => {
    @Controller()
    class Codes {
      @Get('/codes')
      read(@Query({ pattern: /ab/ }) loose: string, @Query({ pattern: /^ab$/ }) whole: string) {
        return [loose, whole];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Codes] }));
    expect((await client.get('/codes?loose=xaby&whole=ab')).status).toBe(200);
    expect(issues(await client.get('/codes?loose=xaby&whole=xaby'))).toEqual([
      'string_pattern_mismatch@query.whole',
    ]);
  });

  test('gotcha 42: keys cannot reach the prototype', async () => {
    @Controller()
    class Anything {
      @Post('/anything')
      read(@Body() value: Record<string, unknown>) {
        return [Object.keys(value), ({} as { admin?: boolean }).admin === undefined];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Anything, Users] }));
    const body =
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"name":"Ann"}';
    const headers = { 'content-type': 'application/json' };
    const anything = await client.post('/anything', { body, headers });
    expect(anything.json()).toEqual([['__proto__', 'constructor', 'name'], true]);
    expect((await client.post('/users', { body, headers })).text).not.toContain('admin');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
