import {
  Body,
  Controller,
  Cookie,
  Field,
  Form,
  Get,
  Header,
  Path,
  Post,
  Query,
  Vivace,
  parse,
  type RequestValidationError,
  type int,
} from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';

/** What every object has from birth. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);

type Named<T> = {
  toString: T;
  constructor: T;
  __proto__: T;
  hasOwnProperty: T;
  valueOf: T;
};
type Name = keyof Named<unknown>;
const FIELDS: readonly Name[] = [
  'toString',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
];

type Told =
  { kind: 'toString'; a: int } | { kind: 'constructor'; b: int } | { kind: '__proto__'; c: int };
type ToldBy = { toString: 'a'; a: int } | { toString: 'b'; b: int };
type ByField = Named<int> | { other: int };
type Nested = { inner: Named<int> | int[]; others?: Record<string, int> };

/** A class cannot have such members, but it can have such names. */
class Aliased {
  @Field({ alias: 'toString' }) one!: int;
  @Field({ alias: 'constructor' }) two?: int;
  @Field({ alias: '__proto__' }) three: int = 3;
  @Field({ alias: 'hasOwnProperty' }) four: int | null = 4;
}
class Closed {
  @Field({ alias: 'valueOf' }) one!: int;
}
enum Word {
  one = 'one',
}

@Controller()
class Odd {
  @Post('/required') required(@Body() body: Named<int>): Named<int> {
    return body;
  }
  @Post('/partial') partial(@Body() body: Partial<Named<int>>): Partial<Named<int>> {
    return body;
  }
  @Post('/told') told(@Body() body: Told): Told {
    return body;
  }
  @Post('/told-by') toldBy(@Body() body: ToldBy): ToldBy {
    return body;
  }
  @Post('/by-field') byField(@Body() body: ByField): ByField {
    return body;
  }
  @Post('/nested') nested(@Body() body: Nested): Nested {
    return body;
  }
  @Post('/record') record(@Body() body: Record<string, int>): Record<string, int> {
    return body;
  }
  @Post('/map') map(@Body() body: Map<string, int>): Map<string, int> {
    return body;
  }
  @Post('/word') word(@Body() body: Word | 'two'): Word | 'two' {
    return body;
  }
  @Post('/aliased') aliased(@Body() body: Aliased): Aliased {
    return body;
  }
  @Get('/query') query(@Query() query: Aliased): Aliased {
    return query;
  }
  @Get('/headers') headers(@Header() headers: Aliased): Aliased {
    return headers;
  }
  @Get('/cookies') cookies(@Cookie() cookies: Aliased): Aliased {
    return cookies;
  }
  @Post('/form') form(@Form() form: Aliased): Aliased {
    return form;
  }
  @Get('/alone') alone(
    @Query('toString') one: int,
    @Query('constructor') two: int[] = [],
    @Query('__proto__') three: int = 3,
    @Header('valueOf') four: int = 4,
    @Cookie('hasOwnProperty') five: int = 5,
  ): unknown[] {
    return [one, two, three, four, five];
  }
  @Post('/embedded') embedded(
    @Body('toString') one: int,
    @Body('__proto__') two: int = 2,
  ): unknown[] {
    return [one, two];
  }
  @Get('/:constructor') inPath(@Path('constructor') text: string): string {
    return text;
  }
}

const all = (value: unknown): string =>
  `{${FIELDS.map((name) => `"${name}":${JSON.stringify(value)}`).join(',')}}`;
const places = (text: string): string[] =>
  (JSON.parse(text) as { detail: { type: string; loc: string[] }[] }).detail.map(
    ({ type, loc }) => `${type}@${loc.join('.')}`,
  );

describe('what every object has from birth is no field of it', () => {
  let client: TestClient;
  beforeAll(async () => {
    client = await testClient(new Vivace({ controllers: [Odd] }));
  });
  afterAll(() => client.close());

  const post = async (path: string, body: string): Promise<string> => {
    const answer = await client.post(path, {
      body,
      headers: { 'content-type': 'application/json' },
    });
    if (answer.status !== 422) return answer.text;
    return places(answer.text).join(' ');
  };

  const missing = (prefix: string, names: readonly string[]) =>
    names.map((name) => `missing@${prefix}.${name}`).join(' ');

  it.each<[path: string, body: string, answer: string]>([
    ['/required', '{}', missing('body', FIELDS)],
    ['/required', all(1), all(1)],
    ['/required', all('x'), FIELDS.map((name) => `int_parsing@body.${name}`).join(' ')],
    ['/partial', '{}', '{}'],
    ['/partial', all(1), all(1)],
    ['/partial', '{"valueOf":2}', '{"valueOf":2}'],
    ['/told', '{"kind":"constructor","b":1}', '{"kind":"constructor","b":1}'],
    ['/told', '{"kind":"__proto__","c":1}', '{"kind":"__proto__","c":1}'],
    ['/told', '{"kind":"valueOf"}', 'union_tag_invalid@body'],
    ['/told', '{"kind":"hasOwnProperty","a":1}', 'union_tag_invalid@body'],
    ['/told-by', '{"toString":"b","b":1}', '{"toString":"b","b":1}'],
    ['/told-by', '{"a":1}', 'union_tag_not_found@body'],
    ['/by-field', '{"other":1}', '{"other":1}'],
    ['/by-field', all(1), all(1)],
    ['/nested', `{"inner":${all(1)}}`, `{"inner":${all(1)}}`],
    ['/nested', `{"inner":[1],"others":${all(1)}}`, `{"inner":[1],"others":${all(1)}}`],
    ['/record', '{}', '{}'],
    ['/record', all(1), all(1)],
    ['/record', all('x'), FIELDS.map((name) => `int_parsing@body.${name}`).join(' ')],
    ['/map', all(1), all(1)],
    ['/aliased', '{}', 'missing@body.toString'],
    ['/aliased', '{"toString":1}', '{"toString":1,"__proto__":3,"hasOwnProperty":4}'],
    [
      '/aliased',
      '{"toString":1,"constructor":2,"__proto__":5,"hasOwnProperty":null}',
      '{"toString":1,"constructor":2,"__proto__":5,"hasOwnProperty":null}',
    ],
    ['/embedded', '{}', 'missing@body.toString'],
    ['/embedded', '{"toString":1,"__proto__":7}', '[1,7]'],
  ])('%s %s: %s', async (path, body, answer) => {
    expect(await post(path, body)).toBe(answer);
  });

  it.each(NAMES)('%s is no value of an enumeration, no path and no group', async (name) => {
    expect((await client.post('/word', { json: name })).status).toBe(422);
    expect((await client.post(`/${name}`)).status).toBe(405);
    expect((await client.get(`/x/${name}`)).status).toBe(404);
    expect((await client.get(`/${name}`)).json()).toBe(name);
  });

  it.each<[place: string, path: string, sent: object, answer: string]>([
    ['query', '/query', {}, 'missing@query.toString'],
    [
      'query',
      '/query?toString=1&__proto__=5',
      {},
      '{"toString":1,"__proto__":5,"hasOwnProperty":4}',
    ],
    ['header', '/headers', {}, 'missing@header.tostring'],
    [
      'header',
      '/headers',
      { headers: { tostring: '1', constructor: '2' } },
      '{"toString":1,"constructor":2,"__proto__":3,"hasOwnProperty":4}',
    ],
    ['cookie', '/cookies', {}, 'missing@cookie.toString'],
    [
      'cookie',
      '/cookies',
      { headers: { cookie: 'toString=1; __proto__=5' } },
      '{"toString":1,"__proto__":5,"hasOwnProperty":4}',
    ],
    ['alone', '/alone', {}, 'missing@query.toString'],
    ['alone', '/alone?toString=1', {}, '[1,[],3,4,5]'],
    [
      'alone',
      '/alone?toString=1&constructor=2&constructor=3&__proto__=6',
      { headers: { valueof: '7', cookie: 'hasOwnProperty=8' } },
      '[1,[2,3],6,7,8]',
    ],
  ])('%s: %s', async (_, path, sent, answer) => {
    const { status, text } = await client.get(path, sent);
    expect(status === 422 ? places(text).join(' ') : text).toBe(answer);
  });

  it.each<[form: string, answer: string]>([
    ['', 'missing@body.toString'],
    [
      'toString=1&constructor=2&__proto__=5',
      '{"toString":1,"constructor":2,"__proto__":5,"hasOwnProperty":4}',
    ],
  ])('form: %s', async (body, answer) => {
    const { status, text } = await client.post('/form', {
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(status === 422 ? places(text).join(' ') : text).toBe(answer);
  });

  it('is in the document where it is declared', async () => {
    const document = (await client.get('/openapi.json')).json() as {
      components: { schemas: Record<string, { properties: object; required: string[] }> };
    };
    const { Named_int_: named, Aliased: aliased } = document.components.schemas;
    expect([Object.keys(named!.properties), named!.required]).toEqual([FIELDS, FIELDS]);
    expect([Object.keys(aliased!.properties), aliased!.required]).toEqual([
      ['toString', 'constructor', '__proto__', 'hasOwnProperty'],
      ['toString'],
    ]);
  });

  it('is no additional field', () => {
    const issuesOf = (value: unknown): string[] => {
      try {
        parse(Closed, value);
        return [];
      } catch (error) {
        return (error as RequestValidationError).issues.map(
          ({ type, loc }) => `${type}@${loc.join('.')}`,
        );
      }
    };
    expect(issuesOf({})).toEqual(['missing@valueOf']);
    expect(issuesOf(JSON.parse('{"valueOf":1,"__proto__":2}'))).toEqual([]);
  });
});
