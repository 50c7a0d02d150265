import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import {
  Controller,
  Cookie,
  FieldValidator,
  Form,
  Get,
  Header,
  Model,
  Post,
  Query,
  Vivace,
  type int,
} from 'vivace';
import { testClient } from 'vivace/testing';
import { z } from 'zod';

type Issues = { detail: { type: string; loc: unknown[]; input?: unknown }[] };

async function answering(controller: new () => object) {
  const client = await testClient(new Vivace({ controllers: [controller] }));
  return {
    client,
    get: async (url: string, headers: Record<string, string> = {}) => {
      const response = await client.get(url, { headers });
      return response.status === 422
        ? response.json<Issues>().detail.map(({ type, loc }) => [type, ...loc])
        : response.json();
    },
  };
}

describe('a query parameter', () => {
  @Controller()
  class Queries {
    @Get('/required')
    required(q: string) {
      return q;
    }
    @Get('/default')
    default(limit: int = 10) {
      return limit;
    }
    @Get('/optional')
    optional(q?: string) {
      return q === undefined ? 'none' : q;
    }
    @Get('/nullable')
    nullable(q: string | null = null) {
      return q;
    }
    @Get('/required-nullable')
    requiredNullable(@Query({ minLength: 2 }) q: string | null) {
      return q;
    }
    @Get('/list')
    list(@Query() tags: string[] = []) {
      return tags;
    }
    @Get('/numbers')
    numbers(@Query({ maxLength: 2 }) n: int[]) {
      return n;
    }
    @Get('/set')
    set(@Query() tags: Set<string>) {
      return [...tags];
    }
    @Get('/tuple')
    tuple(@Query() point: [int, int]) {
      return point;
    }
    @Get('/alias')
    alias(@Query('item-query', { maxLength: 3 }) q?: string) {
      return q ?? null;
    }
    @Get('/options')
    options(
      @Query({ pattern: /^[a-z]+$/ }) word: string = 'x',
      @Query({ ge: 0, multipleOf: 5 }) five: number = 0,
      @Query({ default: () => 'made' }) made: string,
    ) {
      return [word, five, made];
    }
    @Get('/flag')
    flag(on: boolean) {
      return on;
    }
  }

  it.each([
    ['/required', [['missing', 'query', 'q']]],
    ['/required?q=', ''],
    ['/required?q=a&q=b', 'b'],
    ['/default', 10],
    ['/default?limit=5', 5],
    ['/default?limit=', [['int_parsing', 'query', 'limit']]],
    ['/optional', 'none'],
    ['/nullable', null],
    ['/nullable?q=x', 'x'],
    ['/required-nullable', [['missing', 'query', 'q']]],
    ['/required-nullable?q=x', [['string_too_short', 'query', 'q']]],
    ['/list', []],
    ['/list?tags=a&tags=b', ['a', 'b']],
    ['/numbers', [['missing', 'query', 'n']]],
    ['/numbers?n=1&n=x', [['int_parsing', 'query', 'n', 1]]],
    ['/numbers?n=1&n=2&n=3', [['too_long', 'query', 'n']]],
    ['/set?tags=a&tags=a', ['a']],
    ['/tuple?point=1&point=2', [1, 2]],
    ['/tuple?point=1', [['missing', 'query', 'point', 1]]],
    ['/alias?item-query=abc', 'abc'],
    ['/alias?q=abc', null],
    ['/alias?item-query=abcd', [['string_too_long', 'query', 'item-query']]],
    ['/options', ['x', 0, 'made']],
    [
      '/options?word=A&five=7',
      [
        ['string_pattern_mismatch', 'query', 'word'],
        ['multiple_of', 'query', 'five'],
      ],
    ],
    ['/flag?on=YES', true],
    ['/flag?on=off', false],
    ['/flag?on=2', [['bool_parsing', 'query', 'on']]],
  ])('%s → %j', async (url, expected) => {
    const { client, get } = await answering(Queries);
    await using _ = client;
    expect(await get(url)).toEqual(expected);
  });

  it('is not read from what every object inherits', async () => {
    @Controller()
    class Inherited {
      @Get('/')
      read(@Query('constructor') a: string = 'none', @Query('__proto__') b: string = 'none') {
        return [a, b];
      }
    }
    const { client, get } = await answering(Inherited);
    await using _ = client;
    expect(await get('/')).toEqual(['none', 'none']);
    expect(await get('/?constructor=a&__proto__=b')).toEqual(['a', 'b']);
  });
});

describe('a query model', () => {
  @Model({ extra: 'forbid' })
  class Filter {
    limit: int = 100;
    order: 'created' | 'updated' = 'created';
    tags: string[] = [];
    where: unknown = null;

    @FieldValidator('where', { mode: 'before' })
    static parsed(value: unknown): unknown {
      return typeof value === 'string' ? JSON.parse(value) : value;
    }
  }
  @Controller()
  class Items {
    @Get('/')
    list(@Query() filter: Filter) {
      return filter;
    }
  }

  it('holds all parameters, with its own rules, and may read JSON in one of them', async () => {
    const { client, get } = await answering(Items);
    await using _ = client;
    expect(await get('/?limit=5&tags=a&tags=b&where={"a":[1]}')).toEqual({
      limit: 5,
      order: 'created',
      tags: ['a', 'b'],
      where: { a: [1] },
    });
    expect(await get('/?order=x&tool=hammer')).toEqual([
      ['literal_error', 'query', 'order'],
      ['extra_forbidden', 'query', 'tool'],
    ]);
    expect(await get('/?where={')).toEqual([['value_error', 'query', 'where']]);
  });
});

describe('headers and cookies', () => {
  class Common {
    x_tag: string[] = [];
    save_data!: boolean;
  }
  class Session {
    session_id!: string;
    theme: string = 'light';
  }
  @Controller()
  class Items {
    @Get('/header')
    header(
      @Header() user_agent: string,
      @Header() xToken: string[] = [],
      @Header({ convertNames: false }) odd_name: string = 'none',
    ) {
      return [user_agent, xToken, odd_name];
    }
    @Get('/alias')
    alias(@Header('Authorization') token: string) {
      return token;
    }
    @Get('/model')
    model(@Header() common: Common) {
      return common;
    }
    @Get('/cookie')
    cookie(@Cookie() session_id: string, @Cookie() theme: string | null = null) {
      return [session_id, theme];
    }
    @Get('/cookies')
    cookies(@Cookie() session: Session) {
      return session;
    }
  }

  it('are read where they are marked, by names with hyphens, in any case', async () => {
    const { client, get } = await answering(Items);
    await using _ = client;
    expect(await get('/header', { 'X-TOKEN': 'a', odd_name: 'b' })).toEqual([
      'testclient',
      ['a'],
      'b',
    ]);
    expect(await get('/alias', { authorization: 'Bearer x' })).toBe('Bearer x');
    expect(await get('/alias')).toEqual([['missing', 'header', 'authorization']]);
    expect(await get('/model', { 'save-data': 'on', 'x-tag': 'a' })).toEqual({
      x_tag: ['a'],
      save_data: true,
    });
    expect(await get('/cookie', { cookie: 'session_id="a%20b"; theme=dark' })).toEqual([
      'a b',
      'dark',
    ]);
    expect(await get('/cookie')).toEqual([['missing', 'cookie', 'session_id']]);
    expect(await get('/cookies', { cookie: 'session_id=1; other=2' })).toEqual({
      session_id: '1',
      theme: 'light',
    });
  });
});

describe('a list in a header', () => {
  class Common {
    x_tag: string[] = [];
  }
  const Tags = z.object({ 'x-tag': z.array(z.string()).optional() });
  @Controller()
  class Lists {
    @Get('/plain') plain(@Header() xTag: string[] = []) {
      return xTag;
    }
    @Get('/class') class(@Header() common: Common) {
      return common.x_tag;
    }
    @Get('/schema') schema(@Header(Tags) tags: z.infer<typeof Tags>) {
      return tags['x-tag'] ?? [];
    }
  }
  const rows = [[['a']], [['']], [['a', 'b']], [['a, b']], [['a,b', 'c']], [['W/"a,b"']]];

  it.each(rows)(
    'has an item for each line, as in FastAPI, wherever it is declared: %j',
    async (sent) => {
      await using server = await new Vivace({ controllers: [Lists], logger: false }).listen({
        port: 0,
        handleSignals: false,
      });
      for (const path of ['/plain', '/class', '/schema']) {
        const [asked] = (await once(
          request(server.url + path, { headers: { 'x-tag': [...sent] } }).end(),
          'response',
        )) as [IncomingMessage];
        expect(await json(asked)).toEqual(sent);
      }
    },
  );
});

describe('a form that is one of several DTOs', () => {
  class Person {
    name!: string;
    age!: int;
  }
  class Company {
    company_name!: string;
  }
  @Controller()
  class Forms {
    @Post('/')
    add(@Form() data: Person | Company) {
      return [data.constructor.name, data];
    }
  }

  it('is read as the one that fits, and documented as a choice', async () => {
    await using client = await testClient(new Vivace({ controllers: [Forms] }));
    expect((await client.post('/', { form: { name: 'Ann', age: 30 } })).json()).toEqual([
      'Person',
      { name: 'Ann', age: 30 },
    ]);
    expect((await client.post('/', { form: { company_name: 'Acme' } })).json()).toEqual([
      'Company',
      { company_name: 'Acme' },
    ]);
    const { detail } = (await client.post('/')).json<Issues>();
    expect(detail.map(({ type, loc }) => [type, ...loc])).toEqual([
      ['missing', 'body', 'Person', 'name'],
      ['missing', 'body', 'Person', 'age'],
      ['missing', 'body', 'Company', 'company_name'],
    ]);
    expect(client.server.openapi().paths['/']!['post']).toMatchObject({
      requestBody: {
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              anyOf: [
                { $ref: '#/components/schemas/Person' },
                { $ref: '#/components/schemas/Company' },
              ],
              title: 'Data',
            },
          },
        },
      },
    });
  });
});
