import { type } from 'arktype';
import * as v from 'valibot';
import {
  Body,
  Controller,
  Cookie,
  Form,
  Get,
  Header,
  Path,
  Post,
  Query,
  Vivace,
  type StandardSchema,
} from 'vivace';
import { testClient } from 'vivace/testing';
import { z } from 'zod';
import { detailOf, documentOf } from './read';

interface Hero {
  name: string;
  age: number;
  tags: string[];
}
interface Filter {
  page: number;
  tag: string[];
}

const wholeText = v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number));
interface HeroGiven {
  name: string;
  age: number;
  tags?: string[] | undefined;
}
interface Schemas {
  hero: StandardSchema<HeroGiven, Hero>;
  page: StandardSchema<unknown, number>;
  filter: StandardSchema<unknown, Filter>;
  words: StandardSchema<unknown, string[]>;
}
const libraries: Record<string, Schemas> = {
  zod: {
    hero: z.object({
      name: z.string().min(2),
      age: z.int().min(0),
      tags: z.array(z.string()).default([]),
    }),
    page: z.coerce.number().int().min(1),
    filter: z.object({ page: z.coerce.number().min(1), tag: z.array(z.string().min(2)) }),
    words: z.array(z.string().min(2)),
  },
  valibot: {
    hero: v.object({
      name: v.pipe(v.string(), v.minLength(2)),
      age: v.pipe(v.number(), v.integer(), v.minValue(0)),
      tags: v.optional(v.array(v.string()), []),
    }),
    page: v.pipe(wholeText, v.minValue(1)),
    filter: v.object({
      page: v.pipe(wholeText, v.minValue(1)),
      tag: v.array(v.pipe(v.string(), v.minLength(2))),
    }),
    words: v.array(v.pipe(v.string(), v.minLength(2))),
  },
  arktype: {
    hero: type({ name: 'string >= 2', age: 'number.integer >= 0', tags: 'string[] = []' }),
    page: type('string.integer.parse').to('number >= 1'),
    filter: type({ page: type('string.integer.parse').to('number >= 1'), tag: '(string >= 2)[]' }),
    words: type('(string >= 2)[]'),
  },
};

describe.each(['zod', 'valibot', 'arktype'] as const)('a schema of %s', (library) => {
  const { hero, page, filter, words } = libraries[library]!;

  @Controller('/heroes')
  class Heroes {
    @Post('/')
    create(@Body(hero) created: Hero) {
      return created;
    }

    @Post('/embedded')
    embedded(@Body(hero, { embed: true }) one: Hero, @Body(page) start: number) {
      return { one, start };
    }

    @Get('/pages/:page')
    page(@Path(page) page: number) {
      return { page };
    }

    @Get('/one')
    one(@Query(page) page: number, @Header(page) xPage: number, @Cookie(page) seen: number) {
      return { page, xPage, seen };
    }

    @Get('/many')
    many(@Query(words) word: string[]) {
      return word;
    }

    @Get('/filtered')
    filtered(@Query(filter) filter: Filter) {
      return filter;
    }

    @Post('/form')
    form(@Form(filter) filter: Filter) {
      return filter;
    }

    @Post('/field')
    field(@Form(page) page: number) {
      return { page };
    }

    @Get('/answer', { response: hero, responses: { 404: { response: filter } } })
    answer(@Query() name: string): Promise<Hero> {
      return Promise.resolve({ name, age: 1, tags: [], secret: 'x' } as Hero);
    }
  }

  const app = new Vivace({ controllers: [Heroes] });

  test('reads a body and gives what it parsed', async () => {
    await using client = await testClient(app);
    const response = await client.post('/heroes/', { json: { name: 'Ann', age: 3 } });
    expect(response.json()).toEqual({ name: 'Ann', age: 3, tags: [] });
  });

  test('refuses with a value_error for each issue, in its place', async () => {
    await using client = await testClient(app);
    const response = await client.post('/heroes/', { json: { name: 'A', age: -1 } });
    expect(response.status).toBe(422);
    const msg = expect.any(String);
    expect(new Set(detailOf(response))).toEqual(
      new Set([
        { type: 'value_error', loc: ['body', 'name'], msg, input: 'A' },
        { type: 'value_error', loc: ['body', 'age'], msg, input: -1 },
      ]),
    );
    const inner = await client.post('/heroes/embedded', {
      json: { one: { name: 'Ann', age: 1, tags: ['a', 2] }, start: '0' },
    });
    // Arktype says of what it parsed at which letter it ended.
    expect(detailOf(inner).map(({ loc }) => loc.slice(0, 4))).toEqual([
      ['body', 'one', 'tags', 1],
      ['body', 'start', ...(library === 'arktype' ? [0] : [])],
    ]);
  });

  test('an absent body is missing', async () => {
    await using client = await testClient(app);
    const missing = { type: 'missing', msg: 'Field required', input: null };
    expect(detailOf(await client.post('/heroes/'))).toEqual([{ ...missing, loc: ['body'] }]);
    expect(detailOf(await client.get('/heroes/one'))).toEqual([
      { ...missing, loc: ['query', 'page'] },
      { ...missing, loc: ['header', 'x-page'] },
      { ...missing, loc: ['cookie', 'seen'] },
    ]);
    expect(detailOf(await client.get('/heroes/many'))).toEqual([
      { ...missing, loc: ['query', 'word'] },
    ]);
  });

  test('text goes in as text, several values as a list', async () => {
    await using client = await testClient(app);
    expect((await client.get('/heroes/pages/3')).json()).toEqual({ page: 3 });
    expect(detailOf(await client.get('/heroes/pages/x'))).toEqual([
      {
        type: 'value_error',
        loc: ['path', 'page', ...(library === 'arktype' ? [0] : [])],
        msg: expect.any(String),
        input: 'x',
      },
    ]);
    const one = await client.get('/heroes/one?page=2', {
      headers: { 'x-page': '3', cookie: 'seen=4' },
    });
    expect(one.json()).toEqual({ page: 2, xPage: 3, seen: 4 });
    expect((await client.get('/heroes/many?word=one')).json()).toEqual(['one']);
    expect((await client.get('/heroes/many?word=one&word=two')).json()).toEqual(['one', 'two']);
    expect(detailOf(await client.get('/heroes/many?word=one&word=t'))[0]?.loc).toEqual([
      'query',
      'word',
      1,
    ]);
  });

  test('an object takes the whole query or form', async () => {
    await using client = await testClient(app);
    const expected = { page: 2, tag: ['one'] };
    expect((await client.get('/heroes/filtered?page=2&tag=one')).json()).toEqual(expected);
    expect(
      (await client.post('/heroes/form', { form: { page: '2', tag: ['one'] } })).json(),
    ).toEqual(expected);
    expect((await client.post('/heroes/field', { form: { page: '2' } })).json()).toEqual({
      page: 2,
    });
    const refused = await client.get('/heroes/filtered?page=2&tag=one&tag=t');
    expect(detailOf(refused)).toEqual([
      { type: 'value_error', loc: ['query', 'tag', 1], msg: expect.any(String), input: 't' },
    ]);
  });

  test('an answer is what it parsed; one that it refuses is the fault of the program', async () => {
    await using client = await testClient(app, { raiseErrors: false });
    const response = await client.get('/heroes/answer?name=Ann');
    expect(response.json()).toMatchObject({ name: 'Ann', age: 1, tags: [] });
    expect((await client.get('/heroes/answer?name=A')).status).toBe(500);
  });

  test('the document has what it says of itself', async () => {
    await using client = await testClient(app);
    const { paths } = await documentOf(client);
    const body = paths['/heroes/'].post.requestBody;
    expect(body.required).toBe(true);
    expect(body.content['application/json'].schema).toMatchObject({
      type: 'object',
      properties: { name: { type: 'string', minLength: 2 }, age: { type: 'integer', minimum: 0 } },
    });
    const parameters = paths['/heroes/filtered'].get.parameters;
    expect(parameters.map((one: { name: string }) => one.name).toSorted()).toEqual(['page', 'tag']);
    expect(parameters.every((one: { required: boolean }) => one.required)).toBe(true);
    const { responses } = paths['/heroes/answer'].get;
    expect(responses[200].content['application/json'].schema.properties.name).toMatchObject({
      type: 'string',
      minLength: 2,
    });
    expect(responses[404].content['application/json'].schema.type).toBe('object');
    expect(JSON.stringify(paths)).not.toMatch(/\$schema|#\/\$defs|~standard/);
  });
});
