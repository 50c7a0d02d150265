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
  type decimal,
  type int,
} from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';

class Rules {
  @Field({ gt: 0, le: 10 }) range?: number;
  @Field({ ge: 1, lt: 10 }) whole?: int;
  @Field({ multipleOf: 0.5 }) half?: number;
  @Field({ minLength: 2, maxLength: 3 }) text?: string;
  @Field({ pattern: /^[ab]+$/ }) code?: string;
  @Field({ maxDigits: 4, decimalPlaces: 2 }) price?: decimal;
  @Field({ minLength: 1, maxLength: 2 }) list?: string[];
  @Field({ strict: true }) strict?: int;
  @Field({ allowInfNan: false }) finite?: number;
  unique?: Set<string>;
  choice?: 'a' | 'b';
  @Field({
    title: 'A title',
    description: 'Words',
    examples: [1],
    deprecated: true,
    schemaExtra: { 'x-order': 1 },
  })
  noted?: int;
}

@Controller()
class Routes {
  @Post('/body')
  body(rules: Rules): Rules {
    return rules;
  }
  @Get('/query')
  query(@Query() rules: Rules) {
    return rules;
  }
  @Get('/one/:id')
  one(
    @Path({ ge: 1 }) id: int,
    @Query({ gt: 0 }) q: number,
    @Header({ minLength: 2 }) x: string,
    @Cookie({ pattern: /^a/ }) c: string,
    @Query({ hidden: true, lt: 5 }) h: int = 1,
  ) {
    return [id, q, x, c, h];
  }
  @Post('/form')
  form(@Form({ maxLength: 1 }) name: string) {
    return name;
  }
  @Post('/list')
  list(
    @Body({
      maxLength: 1,
      examples: [[1]],
      openapiExamples: { one: { value: [1], summary: 'One' } },
    })
    list: int[],
  ) {
    return list;
  }
}

type Document = {
  paths: Record<
    string,
    Record<
      string,
      { parameters: { name: string }[]; requestBody: { content: Record<string, unknown> } }
    >
  >;
  components: { schemas: Record<string, { properties: Record<string, object> }> };
};

describe('a constraint', () => {
  let client: TestClient;
  beforeAll(async () => void (client = await testClient(new Vivace({ controllers: [Routes] }))));
  afterAll(() => client.close());

  it.each<[keyof Rules, unknown, unknown, string, object]>([
    ['range', 10, 0, 'greater_than', { exclusiveMinimum: 0, maximum: 10 }],
    ['whole', 1, 10, 'less_than', { minimum: 1, exclusiveMaximum: 10 }],
    ['half', 1.5, 1.2, 'multiple_of', { multipleOf: 0.5 }],
    ['text', '😀😀', 'a', 'string_too_short', { minLength: 2, maxLength: 3 }],
    ['code', 'ab', 'c', 'string_pattern_mismatch', { pattern: '^[ab]+$' }],
    ['price', '12.34', '1.234', 'decimal_max_places', {}],
    ['list', ['a'], ['a', 'b', 'c'], 'too_long', { minItems: 1, maxItems: 2 }],
    ['strict', 1, '1', 'int_type', { type: 'integer' }],
    ['finite', 1.5, 'inf', 'finite_number', { type: 'number' }],
    ['unique', ['a', 'b'], 'a', 'set_type', { uniqueItems: true }],
    ['choice', 'a', 'c', 'literal_error', { enum: ['a', 'b'] }],
    [
      'noted',
      1,
      'x',
      'int_parsing',
      { title: 'A title', description: 'Words', examples: [1], deprecated: true, 'x-order': 1 },
    ],
  ])(
    'on the field %s holds in a body and in a query, and is documented',
    async (name, right, wrong, type, keywords) => {
      expect((await client.post('/body', { json: { [name]: right } })).json()).toEqual({
        [name]: right,
      });
      const refused = await client.post('/body', { json: { [name]: wrong } });
      expect(refused.json<{ detail: object[] }>().detail).toMatchObject([
        { type, loc: ['body', name], input: wrong },
      ]);
      const params = { [name]: Array.isArray(right) ? right.map(String) : String(right) };
      expect((await client.get('/query', { params })).status).toBe(200);
      const { components } = (await client.get('/openapi.json')).json<Document>();
      expect(components.schemas['Rules-Input']!.properties[name]).toMatchObject(keywords);
    },
  );

  it('holds for a path, a query, a header, a cookie and a form, each in its place', async () => {
    const wrong = await client.get('/one/0?q=0&h=9', { headers: { x: 'a' }, cookies: { c: 'b' } });
    expect(
      wrong
        .json<{ detail: { type: string; loc: unknown[] }[] }>()
        .detail.map(({ type, loc }) => `${type}@${loc.join('.')}`),
    ).toEqual([
      'greater_than_equal@path.id',
      'greater_than@query.q',
      'less_than@query.h',
      'string_too_short@header.x',
      'string_pattern_mismatch@cookie.c',
    ]);
    expect(
      (await client.get('/one/1?q=1', { headers: { x: 'ab' }, cookies: { c: 'ab' } })).json(),
    ).toEqual([1, 1, 'ab', 'ab', 1]);
    expect((await client.post('/form', { form: { name: 'ab' } })).json()).toMatchObject({
      detail: [{ type: 'string_too_long' }],
    });
    expect((await client.post('/list', { json: [1, 2] })).json()).toMatchObject({
      detail: [{ type: 'too_long', loc: ['body'] }],
    });
  });

  it('hides an input from the document and still checks it; examples are shown', async () => {
    const { paths } = (await client.get('/openapi.json')).json<Document>();
    expect(paths['/one/{id}']!.get!.parameters.map(({ name }) => name)).toEqual([
      'id',
      'q',
      'x',
      'c',
    ]);
    expect(paths['/list']!.post!.requestBody.content['application/json']).toMatchObject({
      schema: { examples: [[1]], maxItems: 1 },
      examples: { one: { value: [1], summary: 'One' } },
    });
  });
});
