import {
  Body,
  Controller,
  Cookie,
  Field,
  FieldValidator,
  Form,
  Get,
  Header,
  Model,
  Post,
  Query,
  RequestValidationError,
  ResponseValidationError,
  Vivace,
  on,
  type int,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { testClient, type TestClient, type TestResponse } from 'vivace/testing';

class Item {
  @Field({ minLength: 3 }) name!: string;
  @Field({ ge: 0 }) price!: number;
  tags: string[] = [];

  @FieldValidator('name')
  static known(name: string) {
    if (name === 'bad') throw new Error('no bad names');
    return name;
  }
}
@Model({ extra: 'forbid' })
class Page {
  @Field({ le: 100 }) limit: int = 10;
}
class Cat {
  kind!: 'cat';
  lives!: int;
}
class Dog {
  kind!: 'dog';
}
class Out {
  id!: int;
}

@Controller()
class Routes {
  @Post('/items')
  create(item: Item) {
    return item.name;
  }
  @Post('/two')
  two(item: Item, @Body() n: int) {
    return [item, n];
  }
  @Get('/q')
  query(q: int, @Query() l: int[] = [], f: boolean = false) {
    return [q, l, f];
  }
  @Get('/qm')
  model(@Query() page: Page) {
    return page;
  }
  @Get('/p/:id')
  path(id: int) {
    return id;
  }
  @Get('/h')
  header(@Header() x_token: int, @Cookie() sess: string) {
    return [x_token, sess];
  }
  @Post('/form')
  form(@Form() n: int) {
    return n;
  }
  @Post('/pets')
  pet(pet: Cat | Dog) {
    return pet.kind;
  }
  @Post('/mixed')
  mixed(@Body() value: int | string) {
    return value;
  }
  @Post('/keys')
  keys(@Body() value: Record<number, string>) {
    return value;
  }
  @Get('/out')
  out(): Out {
    return { id: 'x' } as never;
  }
}

const INT = 'Input should be a valid integer, unable to parse string as an integer';
const MODEL = 'Input should be a valid dictionary or object to extract fields from';
const missing = (loc: unknown[], input: unknown) => ({
  type: 'missing',
  loc,
  msg: 'Field required',
  input,
});
const raw = { body: '{"name":"abc","price":1}' };

describe('the answer to input that does not fit', () => {
  let client: TestClient;
  beforeAll(
    async () =>
      void (client = await testClient(new Vivace({ controllers: [Routes] }), {
        raiseErrors: false,
      })),
  );
  afterAll(() => client.close());

  it.each<[string, (client: TestClient) => Promise<TestResponse>, unknown[]]>([
    ['no body', (to) => to.post('/items'), [missing(['body'], null)]],
    [
      'a list',
      (to) => to.post('/items', { json: [] }),
      [{ type: 'model_attributes_type', loc: ['body'], msg: MODEL, input: [] }],
    ],
    [
      'a text',
      (to) => to.post('/items', { json: 'x' }),
      [{ type: 'model_attributes_type', loc: ['body'], msg: MODEL, input: 'x' }],
    ],
    [
      'nothing inside',
      (to) => to.post('/items', { json: {} }),
      [missing(['body', 'name'], {}), missing(['body', 'price'], {})],
    ],
    [
      'all wrong',
      (to) => to.post('/items', { json: { name: 'ab', price: '-1', tags: ['a', 1] } }),
      [
        {
          type: 'string_too_short',
          loc: ['body', 'name'],
          msg: 'String should have at least 3 characters',
          input: 'ab',
          ctx: { min_length: 3 },
        },
        {
          type: 'greater_than_equal',
          loc: ['body', 'price'],
          msg: 'Input should be greater than or equal to 0',
          input: '-1',
          ctx: { ge: 0 },
        },
        {
          type: 'string_type',
          loc: ['body', 'tags', 1],
          msg: 'Input should be a valid string',
          input: 1,
        },
      ],
    ],
    [
      'a validator that throws',
      (to) => to.post('/items', { json: { name: 'bad', price: 1 } }),
      [
        {
          type: 'value_error',
          loc: ['body', 'name'],
          msg: 'Value error, no bad names',
          input: 'bad',
          ctx: { error: {} },
        },
      ],
    ],
    [
      'JSON that is called text',
      (to) => to.post('/items', { ...raw, headers: { 'content-type': 'text/plain' } }),
      [{ type: 'model_attributes_type', loc: ['body'], msg: MODEL, input: raw.body }],
    ],
    [
      'several bodies, none there',
      (to) => to.post('/two', { json: {} }),
      [missing(['body', 'item'], null), missing(['body', 'n'], null)],
    ],
    ['no query', (to) => to.get('/q'), [missing(['query', 'q'], null)]],
    [
      'several values of the query',
      (to) => to.get('/q?q=abc&l=1&l=x&f=maybe'),
      [
        { type: 'int_parsing', loc: ['query', 'q'], msg: INT, input: 'abc' },
        { type: 'int_parsing', loc: ['query', 'l', 1], msg: INT, input: 'x' },
        {
          type: 'bool_parsing',
          loc: ['query', 'f'],
          msg: 'Input should be a valid boolean, unable to interpret input',
          input: 'maybe',
        },
      ],
    ],
    [
      'an empty text',
      (to) => to.get('/q?q='),
      [{ type: 'int_parsing', loc: ['query', 'q'], msg: INT, input: '' }],
    ],
    [
      'a query model',
      (to) => to.get('/qm?limit=101&z=1'),
      [
        {
          type: 'less_than_equal',
          loc: ['query', 'limit'],
          msg: 'Input should be less than or equal to 100',
          input: '101',
          ctx: { le: 100 },
        },
        {
          type: 'extra_forbidden',
          loc: ['query', 'z'],
          msg: 'Extra inputs are not permitted',
          input: '1',
        },
      ],
    ],
    [
      'a path',
      (to) => to.get('/p/abc'),
      [{ type: 'int_parsing', loc: ['path', 'id'], msg: INT, input: 'abc' }],
    ],
    [
      'a header and a cookie',
      (to) => to.get('/h', { headers: { 'x-token': 'abc' } }),
      [
        { type: 'int_parsing', loc: ['header', 'x-token'], msg: INT, input: 'abc' },
        missing(['cookie', 'sess'], null),
      ],
    ],
    [
      'an empty field of a form',
      (to) => to.post('/form', { form: { n: '' } }),
      [missing(['body', 'n'], null)],
    ],
    [
      'a field of a form',
      (to) => to.post('/form', { form: { n: 'x' } }),
      [{ type: 'int_parsing', loc: ['body', 'n'], msg: INT, input: 'x' }],
    ],
    [
      'an unknown tag',
      (to) => to.post('/pets', { json: { kind: 'cow' } }),
      [
        {
          type: 'union_tag_invalid',
          loc: ['body'],
          msg: "Input tag 'cow' found using 'kind' does not match any of the expected tags: 'cat', 'dog'",
          input: { kind: 'cow' },
          ctx: { discriminator: "'kind'", tag: 'cow', expected_tags: "'cat', 'dog'" },
        },
      ],
    ],
    [
      'no tag',
      (to) => to.post('/pets', { json: {} }),
      [
        {
          type: 'union_tag_not_found',
          loc: ['body'],
          msg: "Unable to extract tag using discriminator 'kind'",
          input: {},
          ctx: { discriminator: "'kind'" },
        },
      ],
    ],
    [
      'a tagged DTO',
      (to) => to.post('/pets', { json: { kind: 'cat' } }),
      [missing(['body', 'cat', 'lives'], { kind: 'cat' })],
    ],
    [
      'none of several types',
      (to) => to.post('/mixed', { json: [] }),
      [
        {
          type: 'int_type',
          loc: ['body', 'int'],
          msg: 'Input should be a valid integer',
          input: [],
        },
        {
          type: 'string_type',
          loc: ['body', 'str'],
          msg: 'Input should be a valid string',
          input: [],
        },
      ],
    ],
    [
      'a bad key',
      (to) => to.post('/keys', { json: { a: 'x' } }),
      [
        {
          type: 'float_parsing',
          loc: ['body', 'a', '[key]'],
          msg: 'Input should be a valid number, unable to parse string as a number',
          input: 'a',
        },
      ],
    ],
  ])('%s', async (_, send, detail) => {
    const response = await send(client);
    expect(response.status).toBe(422);
    expect(response.json()).toEqual({ detail });
  });

  it('names the place in malformed JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    for (const [body, place] of [
      ['{', 1],
      ['{"a":}', 5],
    ] as const) {
      const [issue] = (await client.post('/items', { body, headers })).json<{
        detail: { type: string; loc: unknown[]; input: unknown }[];
      }>().detail;
      expect(issue).toMatchObject({
        type: 'json_invalid',
        loc: ['body', place],
        msg: 'JSON decode error',
        input: {},
      });
    }
  });

  it('is changed by a handler, which has the issues and the body', async () => {
    const exceptions = [
      on(
        RequestValidationError,
        ({ issues, body }) => new JSONResponse({ issues: issues.length, body }, { status: 400 }),
      ),
    ];
    await using changed = await testClient(new Vivace({ controllers: [Routes], exceptions }));
    const response = await changed.post('/items', { json: { price: 1 } });
    expect([response.status, response.json()]).toEqual([400, { issues: 1, body: { price: 1 } }]);
  });

  it('is in the document of every operation that has inputs', async () => {
    const document = (await client.get('/openapi.json')).json<{
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
      components: { schemas: Record<string, { required?: string[] }> };
    }>();
    expect(Object.keys(document.paths['/items']!.post!.responses)).toEqual(['200', '422']);
    expect(Object.keys(document.paths['/out']!.get!.responses)).toEqual(['200']);
    expect(document.components.schemas['ValidationError']!.required).toEqual([
      'loc',
      'msg',
      'type',
    ]);
  });

  it('is no answer to an output that does not fit: 500, and nothing is told', async () => {
    const response = await client.get('/out');
    expect([response.status, response.json()]).toEqual([500, { detail: 'Internal Server Error' }]);
    await using raising = await testClient(new Vivace({ controllers: [Routes] }));
    await expect(raising.get('/out')).rejects.toThrow(ResponseValidationError);
  });
});
